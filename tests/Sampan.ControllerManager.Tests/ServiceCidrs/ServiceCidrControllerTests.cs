using Sampan.Api.Networking.V1;
using Sampan.ControllerManager.ServiceCidrs;

namespace Sampan.ControllerManager.Tests.ServiceCidrs;

public sealed class ServiceCidrControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Reconcile_New_IsReadyAndGoesAfterAGracePeriod()
    {
        await StartAsync();
        Assert.Equal(("Ready", "True"), (Find()!.Status.Conditions!.Single().Type, Find()!.Status.Conditions![0].Status));
        await DeleteAsync();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(9));
        Assert.NotNull(Find());
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Null(Find());
    }

    [Fact]
    public async Task Reconcile_AddressInIt_StaysUntilAnotherRangeHoldsIt()
    {
        Api.Put(Address("10.1.0.5"));
        await StartAsync();
        await DeleteAsync();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(("False", "Terminating"), (Find()!.Status.Conditions!.Single().Status, Find()!.Status.Conditions![0].Reason));
        Api.Put(Cidr("wide", "10.0.0.0/8"));
        await _harness.AdvanceUntilAsync(() => Find() is null, "the wider range holds it", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_LastAddressGoes_LetsItGo()
    {
        Api.Put(Address("10.1.0.5"));
        await StartAsync();
        await DeleteAsync();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.NotNull(Find());
        Api.Remove<IPAddress>(null, "10.1.0.5");
        await _harness.UntilAsync(() => Find() is null, "gone");
    }

    [Theory]
    [InlineData("10.1.0.5", "example.com")]
    [InlineData("10.2.0.5", "ipallocator.k8s.io")]
    public async Task Reconcile_AddressThatIsNoServicesOfIt_HoldsNothing(string address, string managedBy)
    {
        Api.Put(Address(address, managedBy));
        await StartAsync();
        await DeleteAsync();
        await _harness.AdvanceUntilAsync(() => Find() is null, "gone", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_OnlyANarrowerRangeHoldsAnother_Stays()
    {
        Api.Put(Address("10.1.0.200"));
        Api.Put(Cidr("narrow", "10.1.0.0/25"));
        await StartAsync();
        await DeleteAsync();
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.NotNull(Find());
        Api.Put(Cidr("same", "10.1.0.0/24"));
        await _harness.AdvanceUntilAsync(() => Find() is null, "the twin holds it", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_StatusIsRefused_SaysSo()
    {
        Api.Refuse = r => r.Subresource == "status" ? StatusException.Forbidden(r.Resource.GroupResource, r.Name!, "no") : null;
        Api.Put(Cidr("extra", "10.1.0.0/24"));
        await _harness.StartAsync(c => new ServiceCidrController(c));
        await _harness.AdvanceUntilAsync(() => Api.List<Sampan.Api.Core.V1.Event>().Exists(e => e.Reason == "KubernetesServiceCIDRError" && e.Message == "The ServiceCIDR Status can not be set to Ready=True"), "the event");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private ServiceCIDR? Find() => Api.Find<ServiceCIDR>(null, "extra");

    private Task DeleteAsync() => Api.Client.Of<ServiceCIDR>().DeleteAsync(null, "extra", default);

    private static IPAddress Address(string address, string managedBy = "ipallocator.k8s.io") =>
        new() { Metadata = new ObjectMeta { Name = address, Labels = new() { ["ipaddress.kubernetes.io/managed-by"] = managedBy } } };

    private static ServiceCIDR Cidr(string name, string range) => new() { Metadata = new ObjectMeta { Name = name }, Spec = new ServiceCIDRSpec { Cidrs = [range] } };

    private async Task StartAsync()
    {
        Api.Put(Cidr("extra", "10.1.0.0/24"));
        await _harness.StartAsync(c => new ServiceCidrController(c));
        await _harness.UntilAsync(() => Find()!.Status.Conditions is { Count: 1 } && Find()!.Metadata.Finalizers is { Count: 1 }, "ready");
    }
}
