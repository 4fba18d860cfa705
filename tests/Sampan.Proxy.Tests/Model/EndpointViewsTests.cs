using Sampan.Api.Discovery.V1;
using Sampan.Proxy.Model;
using Sampan.Testing.Fakes;

namespace Sampan.Proxy.Tests.Model;

public sealed class EndpointViewsTests
{
    private static readonly ServicePortView Port = Assert.Single(
        ServiceViews.Of(Objects.Service("web", "10.96.0.9"), IPFamily.V4));

    [Fact]
    public void Of_AddressInTwoSlices_CountsOnceAndReady()
    {
        var one = Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint("10.244.0.5", ready: false, node: "a"));
        var two = Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint("10.244.0.5", node: "a"));
        var view = Assert.Single(EndpointViews.Of(Port, [one, two], "a"));
        Assert.True(view is { Ready: true, Local: true });
    }

    [Fact]
    public void Of_ConditionsUnknown_CountsAsReady()
    {
        var endpoint = new Endpoint { Addresses = ["10.244.0.5"] };
        var view = Assert.Single(EndpointViews.Of(Port, [Objects.SliceOf("web", 8080, "TCP", endpoint)], "a"));
        Assert.True(view is { Ready: true, Serving: true, Terminating: false, Local: false });
    }

    [Fact]
    public void Of_OtherProtocolOrFamilyOrPort_IsNotOurs()
    {
        var udp = Objects.SliceOf("web", 8080, "UDP", Objects.Endpoint("10.244.0.5"));
        var v6 = Objects.Slice("web", 8080, "fd00::5");
        var named = Objects.Slice("web", 8080, "10.244.0.5");
        named.Ports![0].Name = "metrics";
        Assert.Empty(EndpointViews.Of(Port, [udp, v6, named], "a"));
    }
}
