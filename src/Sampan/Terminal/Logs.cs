using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Sampan.Terminal;

/// <summary>Logs of a server: one line per message on standard error, with the time in UTC.</summary>
internal static class Logs
{
    /// <param name="verbosity">0 information, 2 debug, 4 everything; the framework's own messages only from 4 on.</param>
    public static ILoggerFactory Create(int verbosity) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(verbosity switch { >= 4 => LogLevel.Trace, >= 2 => LogLevel.Debug, _ => LogLevel.Information });
        if (verbosity < 4) logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddSimpleConsole(console =>
        {
            (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ ");
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
