namespace KubeNetSim.Cli.Commands;

/// <summary>Shows results that were read from a file. Such a file may have been edited, and its numbers may contradict each other.</summary>
internal static class StoredResults
{
    /// <summary>Shows them; what cannot be shown is a fault of the file.</summary>
    /// <param name="name">The file or folder.</param>
    /// <param name="show">Prints or draws them.</param>
    /// <exception cref="InvalidDataException">They contradict each other.</exception>
    public static void Show(string name, Action show)
    {
        try
        {
            show();
        }
        catch (Exception error) when (error is ArgumentException or ArithmeticException or IndexOutOfRangeException or InvalidOperationException or KeyNotFoundException or NullReferenceException)
        {
            throw new InvalidDataException($"{name}:1:1: the results contradict each other and cannot be shown; was the file edited?", error);
        }
    }
}
