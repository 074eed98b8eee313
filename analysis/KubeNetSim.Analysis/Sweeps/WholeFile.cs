namespace KubeNetSim.Analysis;

/// <summary>Files that are whole or not there: written beside their place, put on the disk, and then moved there in one step.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file; whatever kills the process, the old one or the new one is there.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string beside = $"{path}.{Environment.MachineName}-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.part";
        using (FileStream file = File.Create(beside))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }
}
