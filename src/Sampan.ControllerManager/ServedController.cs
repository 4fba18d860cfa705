using System.Text.Json.Nodes;

namespace Sampan.ControllerManager;

/// <summary>
/// A controller of a kind that few clusters serve: it starts where the API server has it, and is idle elsewhere. What it waits for, or that
/// it will not run, is in the log.
/// </summary>
internal sealed class ServedController(string name, ControllerContext context, GroupVersionResource resource, Func<IComponent?> create) : IComponent
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly ILogger _log = context.Logs.CreateLogger(name);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private IComponent? _controller;

    public string Name => name;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Nobody waits for what may never run.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
        if (_controller is not null) await _controller.StopAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        try
        {
            if (!await IsServedAsync())
            {
                _log.LogInformation("{Controller} does not run: the API server does not serve {Resource}", name, Resource);
                return;
            }

            _controller = create();
            if (_controller is not null) await _controller.StartAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            _log.LogError(e, "{Controller} cannot start", name);
        }
    }

    private string Resource => $"{resource.Resource} of {resource.Group}/{resource.Version}";

    private async Task<bool> IsServedAsync()
    {
        for (string? said = null; ;)
        {
            try
            {
                var list = JsonNode.Parse((await context.Client.GetRawAsync($"/apis/{resource.Group}/{resource.Version}", _stop.Token)).Span);
                return list?["resources"] is JsonArray resources && resources.Any(r => (string?)r!["name"] == resource.Resource);
            }
            catch (StatusException e) when (e.IsNotFound)
            {
                return false;
            }
            catch (Exception e) when (e is StatusException or ApiConnectionException)
            {
                // Once for each reason: it may take as long as the API server does.
                if (e.Message != said) _log.LogWarning("{Controller} waits to learn whether {Resource} are served: {Reason}", name, Resource, said = e.Message);
                await Task.Delay(Pause, context.Time, _stop.Token);
            }
        }
    }
}
