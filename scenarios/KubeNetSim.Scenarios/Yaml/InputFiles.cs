using System.Buffers;
using System.IO.Enumeration;
using System.Text;
using System.Text.Unicode;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>The text of one input.</summary>
/// <param name="Name">As its user named it; <c>-</c> for standard input.</param>
/// <param name="Bytes">What it holds, in UTF-8.</param>
internal sealed record InputFile(string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether a folder was named, and not the file itself.</summary>
    public bool IsOfFolder { get; init; }
}

/// <summary>Reads files, folders and standard input, and distrusts all of them: too large, binary, not UTF-8, not there.</summary>
internal sealed class InputFiles(Stream? standardInput, List<Problem> problems, long mostBytes = InputFiles.MostBytes)
{
    /// <summary>What fits into one array: the List of a cluster of 400,000 pods is half as large.</summary>
    public const long MostBytes = 2_000L << 20;

    // What an earlier run left in a folder is no input of the next one, and no folder that a sweep left.
    private const string SweepFile = "points.json";

    private static readonly string[] Results = ["results.json", "results.partial.json", "plan.json"];

    // Editors complete documents by it.
    private const string JsonSchemaEnding = ".schema.json";

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    private readonly UnrenderedFolders _unrendered = new(problems);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The texts of all paths, in order. A file that is named twice is read once.</summary>
    public IEnumerable<InputFile> Read(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            if (path == "-")
            {
                if (ReadStandardInput() is { } bytes)
                    yield return new InputFile("-", bytes);
                continue;
            }
            if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            {
                Add(path, "no-such-file", path.Length == 0 ? "The path is empty" : "The path holds a NUL character, which no file name has");
                continue;
            }
            foreach (string file in FilesOf(path))
                if (_read.Add(Path.GetFullPath(file)) && ReadFile(file) is { } bytes)
                    yield return new InputFile(file, bytes) { IsOfFolder = file != path };
        }
    }

    private string[] FilesOf(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        try
        {
            string[] files =
            [
                .. FilesBelow(path)
                    .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !Results.Contains(Path.GetFileName(file))
                        && !file.EndsWith(JsonSchemaEnding, StringComparison.Ordinal))
                    .Where(file => !IsOfSweep(path, file) && !_unrendered.Contains(path, file))
                    .Order(StringComparer.Ordinal),
            ];
            if (files.Length == 0)
                Add(path, "empty-input", "The folder holds no file that ends in .yaml, .yml or .json");
            return files;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Add(path, "unreadable-file", $"The folder cannot be read: {error.Message}");
            return [];
        }
    }

    // Links to folders are not followed, as in `kubectl apply --recursive`: they may lead to a folder that they are in. Links to files are.
    private static FileSystemEnumerable<string> FilesBelow(string folder) => new(
        folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
    };

    private static bool IsOfSweep(string root, string file)
    {
        for (string? folder = Path.GetDirectoryName(file); folder is not null && folder.Length > root.Length; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, SweepFile)))
                return true;
        return false;
    }

    private ReadOnlyMemory<byte>? ReadFile(string file)
    {
        if (SpecialFile.TypeOf(file) is { } type)
        {
            Add(file, "unreadable-file", $"This is {type}, not a file", "to read from a program: program | kubenetsim ... -");
            return null;
        }
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Decode(file, stream);
        }
        catch (FileNotFoundException)
        {
            Add(file, "no-such-file", "There is no such file or folder");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Add(file, error is DirectoryNotFoundException ? "no-such-file" : "unreadable-file",
                error is DirectoryNotFoundException ? "There is no such file or folder" : $"The file cannot be read: {error.Message}");
        }
        return null;
    }

    private ReadOnlyMemory<byte>? ReadStandardInput()
    {
        if (standardInput is null)
        {
            Add("-", "unreadable-file", "There is no standard input");
            return null;
        }
        return Decode("-", standardInput);
    }

    private ReadOnlyMemory<byte>? Decode(string name, Stream stream)
    {
        if (stream.CanSeek && stream.Length > mostBytes)
            return TooLarge(name);
        using MemoryStream bytes = new(stream.CanSeek ? (int)stream.Length : 0);
        byte[] chunk = new byte[1 << 16];
        for (int count = stream.Read(chunk); count > 0; count = stream.Read(chunk))
        {
            if (bytes.Length + count > mostBytes)
                return TooLarge(name);
            bytes.Write(chunk, 0, count);
        }
        return Checked(name, bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
    }

    private ReadOnlyMemory<byte>? TooLarge(string name)
    {
        Add(name, "file-too-large", $"The file is larger than {mostBytes >> 20} MiB, which no manifest is", "split it");
        return null;
    }

    private ReadOnlyMemory<byte>? Checked(string name, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        // As `kubectl ... > file` of Windows PowerShell writes it. kubectl does not read it back (kubernetes/kubernetes#140531).
        if (bytes.Span.StartsWith(Encoding.Unicode.Preamble) || bytes.Span.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            Add(name, "binary-file", "The file is in UTF-16, which kubectl cannot read either",
                "save it in UTF-8; in Windows PowerShell: ... | Out-File -Encoding utf8 FILE");
            return null;
        }
        int zero = bytes.Span.IndexOf((byte)0);
        if (zero >= 0)
        {
            problems.Add(new Problem(Severity.Error, "binary-file", PositionAt(name, bytes.Span, zero), "", "The file is binary, not YAML or JSON in UTF-8"));
            return null;
        }
        if (!Utf8.IsValid(bytes.Span))
        {
            problems.Add(new Problem(Severity.Error, "binary-file", PositionAt(name, bytes.Span, FirstInvalid(bytes.Span)), "", "The file is not text in UTF-8"));
            return null;
        }
        if (bytes.Span.Trim(Blanks).IsEmpty)
            Add(name, "empty-input", "The file is empty");
        return bytes;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == OperationStatus.Done)
            at += length;
        return at;
    }

    private static SourcePosition PositionAt(string name, ReadOnlySpan<byte> bytes, int index)
    {
        ReadOnlySpan<byte> before = bytes[..Math.Min(index, bytes.Length)];
        return new SourcePosition(name, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    private void Add(string name, string rule, string message, string? help = null) =>
        problems.Add(new Problem(Severity.Error, rule, new SourcePosition(name, 1, 1), "", message, help));
}
