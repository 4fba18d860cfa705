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

    /// <summary>Upstream: TestEndpointInfoByServicePort, "with duplicate Endpoints, prefer non-terminating".</summary>
    [Theory]
    [InlineData("T R D", true, false)]
    [InlineData("T N", false, false)]
    [InlineData("N T", false, false)]
    [InlineData("D T", false, true)]
    public void Of_OneAddressInSeveralStates_CountsAsWhatDoesNotTerminate(string states, bool ready, bool terminating)
    {
        var endpoints = states.Split(' ').Select(state => new Endpoint
        {
            Addresses = ["10.244.0.5"],
            Conditions = new() { Ready = state == "R", Serving = state is "R" or "T", Terminating = state is "T" or "D" },
        });
        var view = Assert.Single(EndpointViews.Of(Port, [Objects.SliceOf("web", 8080, "TCP", [.. endpoints])], "a"));
        Assert.Equal((ready, terminating), (view.Ready, view.Terminating));
    }

    [Fact]
    public void Of_TerminatingAndServingUnknown_Serves()
    {
        var endpoint = new Endpoint { Addresses = ["10.244.0.5"], Conditions = new() { Ready = false, Terminating = true } };
        Assert.True(Assert.Single(EndpointViews.Of(Port, [Objects.SliceOf("web", 8080, "TCP", endpoint)], "a")).Serving);
    }

    /// <summary>Upstream: TestBadIPs.</summary>
    [Theory]
    [InlineData("010.180.0.1", "10.180.0.1")]
    [InlineData("10.180.1", null)]
    [InlineData("0x0a.180.0.1", null)]
    [InlineData("10.180.0.256", null)]
    public void Of_AddressesOfOldForms_AreReadAsUpstreamReadsThem(string address, string? expected)
    {
        var views = EndpointViews.Of(Port, [Objects.Slice("web", 8080, address)], "a");
        Assert.Equal(expected is null ? [] : [expected], views.Select(v => v.Target.Address.ToString()));
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
