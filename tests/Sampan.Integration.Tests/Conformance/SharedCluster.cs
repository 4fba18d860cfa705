using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>A cluster of one hollow node for all tests of a class, which keep to namespaces of their own.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private int _namespaces;

    public TestCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await TestCluster.StartAsync();

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    /// <summary>A new namespace in which pods can be made.</summary>
    public async Task<string> NewNamespaceAsync(CancellationToken cancellationToken)
    {
        var name = $"team-{Interlocked.Increment(ref _namespaces)}";
        await Cluster.Client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = name } }, cancellationToken);
        await Cluster.WaitAsync<ServiceAccount>(name, "default", account => account is not null, cancellationToken);
        return name;
    }

    /// <summary>Changes the latest version of an object, whoever else writes it meanwhile.</summary>
    public async Task<T> ChangeAsync<T>(string? ns, string name, Action<T> change, CancellationToken cancellationToken, string? subresource = null)
        where T : class, IObject<T>
    {
        var client = Cluster.Client.Of<T>();
        while (true)
        {
            var changed = (await client.GetAsync(ns, name, cancellationToken)).DeepClone();
            change(changed);
            try
            {
                return await client.ReplaceAsync(changed, subresource, null, cancellationToken);
            }
            catch (StatusException e) when (e.IsConflict)
            {
            }
        }
    }

    /// <summary>Asks again until the answer is right.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        for (var i = 0; i < 3000; i++)
        {
            if (await condition()) return;
            await Task.Delay(20);
        }

        Assert.Fail($"did not happen: {what}");
    }
}
