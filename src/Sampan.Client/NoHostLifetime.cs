using Microsoft.Extensions.Hosting;

namespace Sampan.Client;

/// <summary>Leaves signals to the process: a web host ends when its component is stopped.</summary>
public sealed class NoHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
