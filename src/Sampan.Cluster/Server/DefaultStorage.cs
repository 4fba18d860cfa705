using Sampan.Api.Storage.V1;
using Sampan.Client;
using Sampan.Kubelet.Volumes.LocalPath;

namespace Sampan.Cluster.Server;

/// <summary>The StorageClass of a new cluster: directories of the node, made when the first pod of a claim is placed.</summary>
internal static class DefaultStorage
{
    private const string Name = "local-path";

    /// <summary>Creates it where it is absent; a changed one stays as it is.</summary>
    public static async Task EnsureAsync(ApiClient client, CancellationToken ct)
    {
        if (await client.Of<StorageClass>().FindAsync(null, Name, ct) is not null) return;
        await client.Of<StorageClass>().CreateAsync(new StorageClass
        {
            Metadata = new() { Name = Name, Annotations = new() { ["storageclass.kubernetes.io/is-default-class"] = "true" } },
            Provisioner = LocalPathProvisioner.Provisioner,
            ReclaimPolicy = "Delete",
            VolumeBindingMode = "WaitForFirstConsumer",
        }, ct);
    }
}
