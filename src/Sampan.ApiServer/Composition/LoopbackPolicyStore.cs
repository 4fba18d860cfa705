using Sampan.Api;
using Sampan.ApiServer.Authorization.Bootstrap;
using Sampan.Client;

namespace Sampan.ApiServer.Composition;

/// <summary>Writes the default policy through the server's own pipeline.</summary>
internal sealed class LoopbackPolicyStore(ApiClient client) : IPolicyStore
{
    public async ValueTask<T?> FindAsync<T>(string? ns, string name, CancellationToken cancellationToken)
        where T : class, IObject<T> => await client.Of<T>().FindAsync(ns, name, cancellationToken);

    public async ValueTask CreateAsync<T>(T value, CancellationToken cancellationToken)
        where T : class, IObject<T> => await client.Of<T>().CreateAsync(value, cancellationToken);

    public async ValueTask UpdateAsync<T>(T value, CancellationToken cancellationToken)
        where T : class, IObject<T> => await client.Of<T>().UpdateAsync(value, cancellationToken);

    public async ValueTask DeleteAsync<T>(string? ns, string name, CancellationToken cancellationToken)
        where T : class, IObject<T> => await client.Of<T>().DeleteAsync(ns, name, cancellationToken);
}
