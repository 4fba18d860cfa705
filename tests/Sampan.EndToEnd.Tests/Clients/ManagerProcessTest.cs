using System.Collections.Concurrent;
using System.Diagnostics;
using Sampan.Api;
using Sampan.Client;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>Managers as processes of their own, against an API server in another one that runs no controllers itself.</summary>
public abstract class ManagerProcessTest : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected ControlPlane Plane { get; } = new() { RunsControllers = false };

    protected ApiClient Client { get; private set; } = null!;

    /// <summary>What the processes have logged.</summary>
    protected ConcurrentQueue<string> Said { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Plane.InitializeAsync();
        Client = new ApiClient(Kubeconfig.Load(Plane.Kubeconfig).ToClientConfig());
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Plane.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts one on a free port, with a lease that passes on within seconds.</summary>
    protected async Task<(Process Process, int Port)> StartAsync(string command, params IEnumerable<string> flags)
    {
        var (process, port) = await ComponentProcess.StartAsync(port => Plane.Run(
            command, Said.Enqueue, [.. flags, "--secure-port", $"{port}", "--leader-elect-lease-duration", "6s", "--leader-elect-renew-deadline", "4s", "--leader-elect-retry-period", "1s"]));
        return process is not null ? (process, port) : throw new InvalidOperationException($"{command} does not serve:\n{string.Join('\n', Said)}");
    }

    protected Task ThereIsAsync<T>(string? ns, string name, Func<T, bool> condition)
        where T : class, IObject<T> => UntilAsync(async () => await Client.Of<T>().FindAsync(ns, name, Ct) is { } found && condition(found), $"{typeof(T).Name} {name} as it should be");

    protected async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var i = 0; i < 900; i++)
        {
            if (await condition()) return;
            await Task.Delay(Step, TimeProvider.System, Ct);
        }

        Assert.Fail($"there is not {what}:\n{string.Join('\n', Said.TakeLast(60))}");
    }
}
