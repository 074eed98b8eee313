using BenchmarkDotNet.Running;
using KubeNetSim.Bench;

// The whole beside its limit, or the parts by BenchmarkDotNet: see ../README.md.
if (args is ["r1", .. string[] rest])
    return ReferenceModel.Compare(rest, Console.Out);
BenchmarkSwitcher.FromAssembly(typeof(ReferenceModel).Assembly).Run(args);
return 0;
