using Sampan.Kubelet.Network;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Network;

/// <summary>As upstream's TestGeneratePodHostNameAndDomain and TestTruncatePodHostname.</summary>
public sealed class PodHostnameTests
{
    private const string Long = "1234567.1234567.1234567.1234567.1234567.1234567.1234567.1234567"; // 63

    [Theory]
    [InlineData("test", null, null, "test", "")]
    [InlineData("test", "custom", null, "custom", "")]
    [InlineData("test", null, "sub", "test", "sub.default.svc.cluster.local")]
    [InlineData("test", "custom", "sub", "custom", "sub.default.svc.cluster.local")]
    [InlineData(Long, null, null, Long, "")]
    [InlineData(Long + ".8", null, null, Long, "")]
    [InlineData("1234567.1234567.1234567.1234567.1234567.1234567.1234567.123456.1", null, null, "1234567.1234567.1234567.1234567.1234567.1234567.1234567.123456", "")]
    [InlineData("1234567.1234567.1234567.1234567.1234567.1234567.1234567.12345---x", null, null, "1234567.1234567.1234567.1234567.1234567.1234567.1234567.12345", "")]
    public void Of_Pod_IsItsOwnOrItsName(string pod, string? hostname, string? subdomain, string name, string domain)
    {
        var found = PodHostname.Of(Node.Pod(pod, p => (p.Spec.Hostname, p.Spec.Subdomain) = (hostname, subdomain)), "cluster.local");
        Assert.Equal((name, domain), (found.Name, found.Domain));
    }

    [Fact]
    public void Of_Override_IsTakenWhole()
    {
        var pod = Node.Pod("test", p => (p.Spec.Hostname, p.Spec.Subdomain, p.Spec.HostnameOverride) = ("custom", "sub", "web.example.com"));
        var found = PodHostname.Of(pod, "cluster.local");
        Assert.Equal(("web.example.com", "", "web.example.com"), (found.Name, found.Domain, found.ForKernel(pod)));
    }

    [Theory]
    [InlineData("short", false, "short")]
    [InlineData("short", true, "short.sub.default.svc.cluster.local")]
    [InlineData("a234567890b234567890c234567890d234", true, "a234567890b234567890c234567890d234.sub.default.svc.cluster.local")]
    [InlineData("a234567890b234567890c234567890d2345", true, null)]
    public void ForKernel_FullName_IsAtMostSixtyFourLetters(string name, bool full, string? expected)
    {
        var pod = Node.Pod(name, p => (p.Spec.Subdomain, p.Spec.SetHostnameAsFQDN) = ("sub", full));
        Assert.Equal(expected, PodHostname.Of(pod, "cluster.local").ForKernel(pod));
    }
}
