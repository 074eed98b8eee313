using System.Globalization;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>
/// Keeps a second process out of a folder. The operating system holds the lock and lets it go when the process ends, however it ends, so that a crash leaves
/// no lock behind.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private const string LockFile = ".lock";
    private const string OwnerFile = ".lock-owner";

    private readonly FileStream _file;
    private readonly string _owner;

    private FolderLock(FileStream file, string owner)
    {
        _file = file;
        _owner = owner;
    }

    /// <summary>Locks a folder, which is made where needed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="part">What of the folder is locked; empty for all of it.</param>
    /// <exception cref="IOException">Another process holds the lock; the message names it. Or the folder cannot be written to.</exception>
    public static FolderLock Take(string folder, string part = "")
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, LockFile + part);
        string owner = Path.Combine(folder, OwnerFile + part);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(owner))
        {
            throw new IOException($"{folder}: process {File.ReadAllText(owner).Trim()} works in this folder; wait for it to end, or give another folder: --out DIR", error);
        }
        WholeFile.Write(owner, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} on {Environment.MachineName}\n"));
        return new FolderLock(file, owner);
    }

    /// <summary>Lets it go.</summary>
    public void Dispose()
    {
        File.Delete(_owner);
        File.Delete(_file.Name);
        _file.Dispose();
    }
}
