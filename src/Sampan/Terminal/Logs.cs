using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Sampan.Client;

namespace Sampan.Terminal;

/// <summary>Logs of a server: one line per message on standard error, with the time in UTC.</summary>
internal sealed class Logs : ILoggerFactory, ILogVerbosity, IOptionsChangeTokenSource<LoggerFilterOptions>
{
    private readonly ILoggerFactory _factory;
    private CancellationTokenSource _changed = new();
    private volatile int _verbosity;

    private Logs(int verbosity)
    {
        _verbosity = verbosity;
        _factory = LoggerFactory.Create(logging =>
        {
            logging.Services.Configure<LoggerFilterOptions>(Filter).AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(this);
            logging.AddSimpleConsole(console =>
            {
                (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ ");
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
            logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        });
    }

    public int Verbosity
    {
        get => _verbosity;
        set
        {
            _verbosity = value;
            Interlocked.Exchange(ref _changed, new CancellationTokenSource()).Cancel();
        }
    }

    string? IOptionsChangeTokenSource<LoggerFilterOptions>.Name => Options.DefaultName;

    /// <param name="verbosity">0 information, 2 debug, 4 everything; the framework's own messages only from 4 on.</param>
    public static Logs Create(int verbosity) => new(verbosity);

    public ILogger CreateLogger(string categoryName) => _factory.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => _factory.AddProvider(provider);

    public void Dispose() => _factory.Dispose();

    IChangeToken IOptionsChangeTokenSource<LoggerFilterOptions>.GetChangeToken() => new CancellationChangeToken(_changed.Token);

    private void Filter(LoggerFilterOptions filter)
    {
        filter.MinLevel = _verbosity switch { >= 4 => LogLevel.Trace, >= 2 => LogLevel.Debug, _ => LogLevel.Information };
        if (_verbosity < 4) filter.Rules.Add(new LoggerFilterRule(null, "Microsoft", LogLevel.Warning, null));
    }
}
