using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client.Controllers;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Volumes.LocalPath;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Cluster;

/// <summary>What the node agent does together with the API server, the controllers and the scheduler.</summary>
public sealed class NodeAgentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("node-agent-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task StaticPod_FromManifest_HasAMirrorThatComesBackAndGoesWithIt()
    {
        var manifest = Path.Combine(_folder, "web.yaml");
        await File.WriteAllTextAsync(manifest, "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: 'web:1' }] }\n", Ct);
        await using var cluster = await TestCluster.StartAsync(
            new TestClusterOptions
            {
                ConfigureNode = node => node with { Configuration = node.Configuration with { StaticPodPath = _folder, FileCheckFrequency = TimeSpan.FromMilliseconds(200) } },
            },
            Ct);

        var mirror = await cluster.WaitAsync<Pod>("default", "web-node-1", p => p?.Status.Phase == "Running", Ct);
        Assert.Equal("Node", mirror!.Metadata.OwnerReferences![0].Kind);
        Assert.Equal("file", mirror.Metadata.Annotations!["kubernetes.io/config.source"]);
        Assert.Equal(mirror.Metadata.Annotations["kubernetes.io/config.hash"], mirror.Metadata.Annotations["kubernetes.io/config.mirror"]);

        await cluster.Client.Of<Pod>().DeleteAsync("default", "web-node-1", Ct);
        var next = await cluster.WaitAsync<Pod>("default", "web-node-1", p => p?.Status.Phase == "Running" && p.Metadata.Uid != mirror.Metadata.Uid, Ct);
        Assert.Equal(mirror.Status.ContainerStatuses![0].ContainerID, next!.Status.ContainerStatuses![0].ContainerID);

        File.Delete(manifest);
        await cluster.WaitAsync<Pod>("default", "web-node-1", p => p is null, Ct);
    }

    [Fact]
    public async Task Claim_OfLocalPathClass_GetsADirectoryWhichGoesWithIt()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions(), Ct);
        await cluster.Client.CreateAsync(new StorageClass { Metadata = new() { Name = "local-path" }, Provisioner = LocalPathProvisioner.Provisioner, ReclaimPolicy = "Delete", VolumeBindingMode = "WaitForFirstConsumer" }, Ct);
        var informers = new InformerFactory(cluster.Client, TimeProvider.System);
        await using var events = new EventBroadcaster(cluster.Client, TimeProvider.System, NullLoggerFactory.Instance);
        var context = new ControllerContext(cluster.Client, informers, TimeProvider.System, NullLoggerFactory.Instance, new MetricRegistry(), events);
        var provisioner = new LocalPathProvisioner(context, new FolderVolumes(new LocalVolumes(_folder)));
        await provisioner.StartAsync(Ct);
        await informers.StartAsync(Ct);
        await provisioner.ReadyAsync(Ct);

        await cluster.Client.CreateAsync(
            new PersistentVolumeClaim
            {
                Metadata = new() { Namespace = "default", Name = "data" },
                Spec = new() { StorageClassName = "local-path", AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = new() { ["storage"] = Quantity.Parse("1Gi") } } },
            },
            Ct);
        var pod = Samples.Pod("user");
        pod.Spec.Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }];
        await cluster.Client.CreateAsync(pod, Ct);

        var claim = await cluster.WaitAsync<PersistentVolumeClaim>("default", "data", c => c?.Status.Phase == "Bound", Ct);
        Assert.True(Directory.Exists(Path.Combine(_folder, claim!.Spec.VolumeName!)));
        await cluster.WaitAsync<Pod>("default", "user", p => p?.Status.Phase == "Running", Ct);

        await cluster.Client.Of<Pod>().DeleteAsync("default", "user", Ct);
        await cluster.Client.Of<PersistentVolumeClaim>().DeleteAsync("default", "data", Ct);
        await cluster.WaitAsync<PersistentVolume>(null, claim.Spec.VolumeName!, v => v is null, Ct);
        Assert.False(Directory.Exists(Path.Combine(_folder, claim.Spec.VolumeName!)));
        await provisioner.StopAsync(Ct);
        await informers.DisposeAsync();
    }

    /// <summary>One folder for all nodes.</summary>
    private sealed class FolderVolumes(LocalVolumes volumes) : INodeVolumes
    {
        public Task<string> CreateAsync(string node, string volume, CancellationToken cancellationToken) => Task.FromResult(volumes.Create(volume));

        public Task DeleteAsync(string node, string volume, CancellationToken cancellationToken)
        {
            volumes.Delete(volume);
            return Task.CompletedTask;
        }
    }
}
