using Sampan.Api.Core.V1;
using Sampan.ControllerManager.VolumeExpansion;

namespace Sampan.ControllerManager.Tests.VolumeExpansion;

public sealed class VolumeExpansionControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Theory]
    [InlineData(true, "Normal", "waiting for an external controller to expand this PVC")]
    [InlineData(false, "Warning", "Ignoring the PVC: didn't find a plugin capable of expanding the volume; waiting for an external controller to process this PVC.")]
    public async Task Reconcile_BoundClaimAsksForMore_SaysWhomItWaitsFor(bool csi, string type, string message)
    {
        Put("1Gi", csi);
        await _harness.StartAsync(c => new VolumeExpansionController(c));
        Put("2Gi", csi);
        await _harness.AdvanceUntilAsync(
            () => Api.List<Event>().Exists(e => e.Type == type && e.Reason == "ExternalExpanding" && e.Message == message && e.InvolvedObject.Name == "data"), "the event");
    }

    [Fact]
    public async Task Reconcile_ClaimHasWhatItAsksFor_SaysNothing()
    {
        Put("1Gi", csi: true);
        await _harness.StartAsync(c => new VolumeExpansionController(c));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(Api.List<Event>());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private void Put(string size, bool csi)
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
                Csi = csi ? new() { Driver = "disk.example.com", VolumeHandle = "handle" } : null,
                HostPath = csi ? null : new() { Path = "/data" },
            },
        });
    }
}
