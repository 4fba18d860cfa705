using Microsoft.Extensions.Hosting;

namespace Sampan.Kubelet.Server;

/// <summary>Leaves signals to the process: the server ends when its component is stopped.</summary>
internal sealed class NoHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
