using System.Reflection;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>
/// The font of all figures, carried along: without an installed font a figure would have no text at all, and with another one it would be
/// another picture. DejaVu Sans; its licence stands beside it.
/// </summary>
internal static class FigureFonts
{
    /// <summary>Name that figures use it by.</summary>
    public const string Name = "KubeNetSim";

    private static readonly Lazy<bool> Loaded = new(Register);

    /// <summary>Makes the font known to ScottPlot, once.</summary>
    public static void Load() => _ = Loaded.Value;

    // ScottPlot takes fonts from files only.
    private static bool Register()
    {
        string folder = Directory.CreateTempSubdirectory("kubenetsim-fonts-").FullName;
        try
        {
            Fonts.AddFontFile(Name, Unpack("DejaVuSans.ttf", folder));
            Fonts.AddFontFile(Name, Unpack("DejaVuSans-Bold.ttf", folder), bold: true);
            Fonts.Default = Name;
            return true;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Unpack(string font, string folder)
    {
        string path = Path.Combine(folder, font);
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(font)!;
        using FileStream file = File.Create(path);
        resource.CopyTo(file);
        return path;
    }
}
