using Sampan.Api.Core.V1;
using Sampan.ControllerManager.VolumeExpansion;

namespace Sampan.ControllerManager.Tests.VolumeExpansion;

public sealed class VolumeExpansionControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    /// <summary>What the manager has no plugin for is worth a warning; Fibre Channel it knows, and cannot grow.</summary>
    [Theory]
    [InlineData("csi", "Warning")]
    [InlineData("hostPath", "Warning")]
    [InlineData("fc", "Normal")]
    public async Task Reconcile_BoundClaimAsksForMore_SaysWhomItWaitsFor(string kind, string type)
    {
        Put("1Gi", kind);
        await _harness.StartAsync(c => new VolumeExpansionController(c));
        Put("2Gi", kind);
        await _harness.AdvanceUntilAsync(
            () => Api.List<Event>().Exists(e => e.Type == type && e is { Reason: "ExternalExpanding", Message: "waiting for an external controller to expand this PVC", InvolvedObject.Name: "data", Source.Component: "volume_expand" }), "the event");
    }

    [Fact]
    public async Task Reconcile_ClaimHasWhatItAsksFor_SaysNothing()
    {
        Put("1Gi", "csi");
        await _harness.StartAsync(c => new VolumeExpansionController(c));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(Api.List<Event>());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private void Put(string size, string kind)
    {
        var claim = Api.Put(new PersistentVolumeClaim
        {
            Metadata = new() { Namespace = "default", Name = "data" },
            Spec = new() { VolumeName = "pv", Resources = new() { Requests = new() { ["storage"] = Quantity.Parse(size) } } },
            Status = new() { Phase = "Bound", Capacity = new() { ["storage"] = Quantity.Parse("1Gi") } },
        });
        Api.Put(new PersistentVolume
        {
            Metadata = new() { Name = "pv" },
            Spec = new()
            {
                ClaimRef = new() { Namespace = "default", Name = "data", Uid = claim.Metadata.Uid },
                Csi = kind == "csi" ? new() { Driver = "disk.example.com", VolumeHandle = "handle" } : null,
                HostPath = kind == "hostPath" ? new() { Path = "/data" } : null,
                Fc = kind == "fc" ? new() { Lun = 0 } : null,
            },
        });
    }
}
