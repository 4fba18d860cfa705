using System.Net;
using Sampan.Api.Core.V1;
using Sampan.Proxy.Model;
using Sampan.Testing.Fakes;

namespace Sampan.Proxy.Tests.Model;

public sealed class ServiceViewsTests
{
    [Fact]
    public void Of_LoadBalancerWithProxiedAddress_LeavesThatAddressToTheBalancer()
    {
        var service = Objects.Service("web", "10.96.0.9", change: s =>
        {
            s.Spec!.Type = "LoadBalancer";
            s.Spec.LoadBalancerSourceRanges = ["10.0.0.7/8", " 192.168.0.1/32", "fd00::/8"];
            s.Status = new ServiceStatus
            {
                LoadBalancer = new LoadBalancerStatus
                {
                    Ingress = [new LoadBalancerIngress { Ip = "1.2.3.4" }, new LoadBalancerIngress { Ip = "1.2.3.5", IpMode = "Proxy" }],
                },
            };
        });

        var view = Assert.Single(ServiceViews.Of(service, IPFamily.V4));
        Assert.Equal([IPAddress.Parse("1.2.3.4")], view.LoadBalancerIPs);
        Assert.Equal(["10.0.0.0/8", "192.168.0.1/32"], view.SourceRanges.Select(r => r.ToString()));
        Assert.Empty(ServiceViews.Of(service, IPFamily.V6));
    }

    [Theory]
    [InlineData("None", false)]
    [InlineData("", false)]
    [InlineData("10.96.0.1", true)]
    public void IsProxied_ClusterIP_Decides(string clusterIP, bool expected) =>
        Assert.Equal(expected, ServiceViews.IsProxied(Objects.Service("web", clusterIP)));

    [Fact]
    public void IsProxied_OtherProxyNamed_IsLeftAlone()
    {
        var service = Objects.Service("web", "10.96.0.1", change: s => s.Metadata.Labels = new() { ["service.kubernetes.io/service-proxy-name"] = "x" });
        Assert.False(ServiceViews.IsProxied(service));
    }

    /// <summary>Upstream: TestBadIPs.</summary>
    [Fact]
    public void Of_AddressesWithLeadingZeros_AreDecimal()
    {
        var service = Objects.Service("web", "172.30.0.041", change: s =>
        {
            s.Spec!.Type = "LoadBalancer";
            s.Spec.ExternalIPs = ["192.168.099.022"];
            s.Spec.LoadBalancerSourceRanges = ["203.0.113.000/025"];
            s.Status = new() { LoadBalancer = new() { Ingress = [new() { Ip = "1.2.3.011" }] } };
        });
        var view = Assert.Single(ServiceViews.Of(service, IPFamily.V4));
        Assert.Equal("172.30.0.41 192.168.99.22 1.2.3.11 203.0.113.0/25", $"{view.ClusterIP} {view.ExternalIPs[0]} {view.LoadBalancerIPs[0]} {view.SourceRanges[0]}");
    }

    [Fact]
    public void Of_AffinityWithoutTimeout_LastsThreeHours()
    {
        var service = Objects.Service("web", "10.96.0.1", change: s => s.Spec!.SessionAffinity = "ClientIP");
        Assert.Equal(10800, Assert.Single(ServiceViews.Of(service, IPFamily.V4)).AffinitySeconds);
    }
}
