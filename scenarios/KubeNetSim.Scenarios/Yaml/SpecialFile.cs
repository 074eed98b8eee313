using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// Files that are no files: a device may have no end, and a named pipe without a writer makes its reader wait forever. Linux only; elsewhere the limit of size
/// alone holds.
/// </summary>
internal static class SpecialFile
{
    // include/uapi/linux/stat.h and fcntl.h
    private const int RelativeToWorkingDirectory = -100;
    private const uint WantsType = 1;
    private const int ModeOffset = 28;
    private const int SizeOfStatx = 256;
    private const int TypeMask = 0xF000;

    /// <summary>What a path is, where it is no file that can be read: <c>a device</c>; null where it can.</summary>
    public static string? TypeOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        byte[] buffer = new byte[SizeOfStatx];
        try
        {
            if (Statx(RelativeToWorkingDirectory, path, 0, WantsType, buffer) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        return (BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(ModeOffset)) & TypeMask) switch
        {
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            // A shell's <(...) is a pipe that has a writer.
            0x1000 when !path.StartsWith("/dev/fd/", StringComparison.Ordinal) && !path.StartsWith("/proc/", StringComparison.Ordinal) && path != "/dev/stdin" => "a named pipe",
            _ => null,
        };
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] result);
}
