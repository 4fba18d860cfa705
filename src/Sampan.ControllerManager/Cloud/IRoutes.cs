using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>Routes to the pods of nodes in the provider's network.</summary>
internal interface IRoutes
{
    Task<IReadOnlyList<CloudRoute>> ListAsync(CancellationToken cancellationToken);

    Task CreateAsync(CloudRoute route, Node node, CancellationToken cancellationToken);

    Task DeleteAsync(CloudRoute route, CancellationToken cancellationToken);
}
