using KubeNetSim.Scale;

if (args.Length < 2 || ClusterSize.Named(args[0]) is not { } size)
{
    Console.Error.WriteLine("usage: scale S1|S2|S1/N FOLDER [--json]    (S1/N: the Nth part of S1)");
    return 2;
}
Directory.CreateDirectory(args[1]);
using (StreamWriter scenario = new(Path.Combine(args[1], "scenario.yaml")))
    scenario.Write(ScenarioText.Of(size));
bool isJson = args.Contains("--json");
using (StreamWriter manifests = new(Path.Combine(args[1], isJson ? "cluster.json" : "cluster.yaml")))
{
    if (isJson)
        JsonList.Write(manifests, size);
    else
        YamlDocuments.Write(manifests, size);
}
return 0;
