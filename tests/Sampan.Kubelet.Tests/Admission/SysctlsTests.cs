using Sampan.Kubelet.Admission;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Admission;

public sealed class SysctlsTests
{
    [Theory]
    [InlineData("kernel.shm_rmid_forced", false, false, null)]
    [InlineData("net.ipv4.tcp_syncookies", false, false, null)]
    [InlineData("net/ipv4/tcp_syncookies", false, false, null)]
    [InlineData("net.core.somaxconn", false, false, null)]
    [InlineData("kernel.msgmax", false, false, "forbidden sysctl: \"kernel.msgmax\" not allowlisted")]
    [InlineData("net.ipv4.tcp_syncookies", true, false, "forbidden sysctl: \"net.ipv4.tcp_syncookies\" not allowed with host net enabled")]
    [InlineData("kernel.shm_rmid_forced", false, true, "forbidden sysctl: \"kernel.shm_rmid_forced\" not allowed with host ipc enabled")]
    public void Check_Sysctl_IsSafeAllowedOrForbidden(string name, bool hostNetwork, bool hostIpc, string? message)
    {
        var pod = Node.Pod("a", p =>
        {
            (p.Spec.HostNetwork, p.Spec.HostIPC) = (hostNetwork, hostIpc);
            p.Spec.SecurityContext = new() { Sysctls = [new() { Name = name, Value = "1" }] };
        });
        Assert.Equal(message, new Sysctls(["net.core.*"]).Check(pod)?.Message);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a.b.c", "a.b.c")]
    [InlineData("a.b/c", "a.b/c")]
    [InlineData("a/b/c", "a.b.c")]
    [InlineData("net/ipv4/conf/eno2.100/rp_filter", "net.ipv4.conf.eno2/100.rp_filter")]
    [InlineData("net.ipv4.conf.eno2/100.rp_filter", "net.ipv4.conf.eno2/100.rp_filter")]
    public void Dotted_Name_IsTheSameParameter(string name, string dotted) => Assert.Equal(dotted, Sysctls.Dotted(name));

    [Fact]
    public async Task Admit_ForbiddenSysctl_RejectsThePod()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p => p.Spec.SecurityContext = new() { Sysctls = [new() { Name = "kernel.msgmax", Value = "1" }] });
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Status(pod).Reason == "SysctlForbidden", "rejected");
        Assert.Equal("Failed", node.Status(pod).Phase);
    }

    [Fact]
    public async Task Admit_AppArmorProfileWithoutAppArmor_RejectsThePod()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p => p.Spec.Containers[0].SecurityContext = new() { AppArmorProfile = new() { Type = "RuntimeDefault" } });
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Status(pod).Reason == "AppArmor", "rejected");
        Assert.Equal("Pod was rejected: Cannot enforce AppArmor: AppArmor is not enabled on the host", node.Status(pod).Message);
    }
}
