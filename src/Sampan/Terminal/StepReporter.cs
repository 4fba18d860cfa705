using System.Diagnostics;
using Sampan.Cluster.Lifecycle;
using Spectre.Console;

namespace Sampan.Terminal;

/// <summary>Steps as lines, a spinner on the current one: <c>✓ node Ready  vm  0.8 s</c>.</summary>
internal sealed class StepReporter(IAnsiConsole console) : IStepReporter
{
    public async Task RunAsync(string name, Func<CancellationToken, Task<string?>> step, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var detail = await ShowAsync(name, step, ct);
            console.MarkupLine($"[green]✓[/] {name.EscapeMarkup(),-28} [grey]{Seconds(clock),7}[/]  {detail?.EscapeMarkup()}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            console.MarkupLine($"[red]✗[/] {name.EscapeMarkup(),-28} [grey]{Seconds(clock),7}[/]");
            throw;
        }
    }

    private Task<string?> ShowAsync(string name, Func<CancellationToken, Task<string?>> step, CancellationToken ct) =>
        console.Profile.Capabilities.Interactive
            ? console.Status().Spinner(Spinner.Known.Dots).StartAsync(name.EscapeMarkup(), _ => step(ct))
            : step(ct);

    private static string Seconds(Stopwatch clock) => $"{clock.Elapsed.TotalSeconds:0.00} s";
}
