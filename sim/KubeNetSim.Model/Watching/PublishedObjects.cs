namespace KubeNetSim.Model.Watching;

/// <summary>The objects that hold a Service's endpoints, by how many each holds: enough to know what every write sends.</summary>
internal sealed class PublishedObjects
{
    private readonly EndpointApi _api;

    // Endpoints from before the change and since, an entry for each object.
    private readonly List<(int Old, int New)> _objects = [];
    private int _oldest;
    private int _newest;

    public PublishedObjects(EndpointApi api, int endpoints)
    {
        _api = api;
        for (int left = endpoints; left > 0; left -= Math.Min(left, api.Capacity))
            _objects.Add((Math.Min(left, api.Capacity), 0));
    }

    /// <summary>Writes so far.</summary>
    public long Writes { get; private set; }

    /// <summary>What these sent to one watcher [B].</summary>
    public long Bytes { get; private set; }

    /// <summary>The largest of them [B].</summary>
    public long LargestObject { get; private set; }

    /// <summary>Writes every object.</summary>
    public void WriteAll()
    {
        foreach ((int old, int @new) in _objects)
            Write(old + @new);
    }

    /// <summary>Takes one step.</summary>
    public void Apply(EndpointStep step)
    {
        if (step is EndpointStep.ChangeOld or EndpointStep.Remove)
            while (_objects[_oldest].Old == 0)
                _oldest++;
        if (step == EndpointStep.Add)
            Add();
        else if (step == EndpointStep.Remove)
            Remove();
        else
            Write(Count(_objects[step == EndpointStep.ChangeNew ? _newest : _oldest]));
    }

    private static int Count((int Old, int New) endpoints) => endpoints.Old + endpoints.New;

    // Into the fullest that has room, as SlicePacking does it.
    private void Add()
    {
        _newest = -1;
        for (int number = 0; number < _objects.Count; number++)
            if (Count(_objects[number]) is var count && count > 0 && count < _api.Capacity
                && (_newest < 0 || count > Count(_objects[_newest])))
                _newest = number;
        if (_newest < 0)
        {
            _newest = _objects.Count;
            _objects.Add((0, 0));
        }
        _objects[_newest] = (_objects[_newest].Old, _objects[_newest].New + 1);
        Write(Count(_objects[_newest]));
    }

    // An object that would be empty is deleted, and its last state is sent along.
    private void Remove()
    {
        _objects[_oldest] = (_objects[_oldest].Old - 1, _objects[_oldest].New);
        Write(Math.Max(1, Count(_objects[_oldest])));
    }

    private void Write(int endpoints)
    {
        long size = _api.BytesOf(endpoints);
        Writes++;
        Bytes += size;
        LargestObject = Math.Max(LargestObject, size);
    }
}
