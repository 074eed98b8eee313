return await CommandLine.RunAsync(args, CommandConsole.System(), CancellationToken.None);
