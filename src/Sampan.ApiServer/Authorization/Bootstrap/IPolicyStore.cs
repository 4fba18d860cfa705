using Sampan.Api;

namespace Sampan.ApiServer.Authorization.Bootstrap;

/// <summary>Where the default policy is written to: the server's own loopback, or a fake.</summary>
internal interface IPolicyStore
{
    ValueTask<T?> FindAsync<T>(string? ns, string name, CancellationToken cancellationToken)
        where T : class, IObject<T>;

    ValueTask CreateAsync<T>(T value, CancellationToken cancellationToken)
        where T : class, IObject<T>;

    ValueTask UpdateAsync<T>(T value, CancellationToken cancellationToken)
        where T : class, IObject<T>;

    ValueTask DeleteAsync<T>(string? ns, string name, CancellationToken cancellationToken)
        where T : class, IObject<T>;
}
