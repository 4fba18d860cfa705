using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>The machines behind nodes.</summary>
internal interface IInstances
{
    Task<bool> ExistsAsync(Node node, CancellationToken cancellationToken);

    Task<bool> IsShutDownAsync(Node node, CancellationToken cancellationToken);

    /// <summary>What the machine is; null leaves the node as it is, until it changes.</summary>
    Task<InstanceMetadata?> DescribeAsync(Node node, CancellationToken cancellationToken);
}
