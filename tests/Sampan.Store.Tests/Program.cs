using Sampan.Store.Tests.Embedded;

return args is [KillTestWriter.Word, var path]
    ? await KillTestWriter.RunAsync(path)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
