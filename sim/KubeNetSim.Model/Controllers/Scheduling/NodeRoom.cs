namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>What is left of a node: places for pods, CPU, memory and, for pods in the node's network, ports.</summary>
internal sealed class NodeRoom(Node node)
{
    private long _milliCpu = node.AllocatableMilliCpu;
    private long _memory = node.AllocatableMemoryBytes;
    private HashSet<(Protocol Protocol, int Port)>? _hostPorts;

    /// <summary>How many pods are on the node.</summary>
    public int Pods { get; private set; }

    /// <summary>Whether the pod fits. Once it does not, it never will: room is only taken.</summary>
    public bool Fits(PodSpec spec) =>
        Pods < node.AllocatablePods && !LacksCpu(spec) && !LacksMemory(spec) && HasPortsFree(spec);

    /// <summary>Why the pod does not fit: every reason, in the words of the plugins NodePorts and NodeResourcesFit.</summary>
    public IEnumerable<string> Refusals(PodSpec spec)
    {
        if (!HasPortsFree(spec))
        {
            yield return "node(s) didn't have free ports for the requested pod ports";
            yield break;
        }
        if (Pods >= node.AllocatablePods)
            yield return "Too many pods";
        if (LacksCpu(spec))
            yield return "Insufficient cpu";
        if (LacksMemory(spec))
            yield return "Insufficient memory";
    }

    /// <summary>The pod runs here.</summary>
    public void Take(PodSpec spec)
    {
        Pods++;
        _milliCpu -= spec.RequestedMilliCpu;
        _memory -= spec.RequestedMemoryBytes;
        if (spec.HostNetwork)
            foreach (ContainerPort port in spec.Ports)
                (_hostPorts ??= []).Add((port.Protocol, port.Port));
    }

    private bool LacksCpu(PodSpec spec) => spec.RequestedMilliCpu > 0 && spec.RequestedMilliCpu > _milliCpu;

    private bool LacksMemory(PodSpec spec) => spec.RequestedMemoryBytes > 0 && spec.RequestedMemoryBytes > _memory;

    // A pod in the node's network takes its container ports from the node (core/v1 defaults: hostPort is containerPort).
    private bool HasPortsFree(PodSpec spec)
    {
        if (!spec.HostNetwork || _hostPorts is null)
            return true;
        foreach (ContainerPort port in spec.Ports)
            if (_hostPorts.Contains((port.Protocol, port.Port)))
                return false;
        return true;
    }
}
