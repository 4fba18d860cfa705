using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud.Local;

internal sealed class LocalInstances : IInstances
{
    public Task<bool> ExistsAsync(Node node, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> IsShutDownAsync(Node node, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<InstanceMetadata?> DescribeAsync(Node node, CancellationToken cancellationToken) =>
        Task.FromResult<InstanceMetadata?>(new InstanceMetadata($"local://{node.Metadata.Name}"));
}
