namespace KubeNetSim.Scenarios.Yaml;

/// <summary>Gives one layout for objects that are written alike and stand near each other. Takes no more memory however many there are.</summary>
internal sealed class SharedLayouts
{
    private const int Places = 1 << 10;

    private readonly FieldLayout?[] _layouts = new FieldLayout?[Places];

    /// <summary>The layout of an object.</summary>
    public FieldLayout Of(MappingNode node)
    {
        FieldLayout layout = FieldLayout.Of(node);
        ref FieldLayout? place = ref _layouts[layout.GetHashCode() & (Places - 1)];
        if (place is null || !place.Equals(layout))
            place = layout;
        return place;
    }
}
