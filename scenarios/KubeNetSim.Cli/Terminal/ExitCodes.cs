namespace KubeNetSim.Cli.Terminal;

/// <summary>The exit codes that scripts may rely on.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The check, test or objective failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad input or usage.</summary>
    public const int BadInput = 2;

    /// <summary>An error of the simulator itself.</summary>
    public const int InternalError = 3;

    /// <summary>Interrupted: 128 + SIGINT, as shells report it.</summary>
    public const int Interrupted = 130;
}
