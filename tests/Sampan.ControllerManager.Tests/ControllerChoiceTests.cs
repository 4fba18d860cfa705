namespace Sampan.ControllerManager.Tests;

public sealed class ControllerChoiceTests
{
    private static readonly string[] Known = ["job-controller", "token-cleaner-controller", "pod-garbage-collector-controller"];
    private static readonly string[] Off = ["token-cleaner-controller"];

    [Theory]
    [InlineData("*", "job-controller pod-garbage-collector-controller")]
    [InlineData("* token-cleaner-controller", "job-controller token-cleaner-controller pod-garbage-collector-controller")]
    [InlineData("* -podgc", "job-controller")]
    [InlineData("job tokencleaner", "job-controller token-cleaner-controller")]
    [InlineData("", "")]
    public void IsOn_NamesOfTodayAndBefore_AreMeant(string chosen, string on)
    {
        var choice = new ControllerChoice(chosen.Split(' ', StringSplitOptions.RemoveEmptyEntries), Known, Off);
        Assert.Equal(on, string.Join(' ', Known.Where(choice.IsOn)));
    }

    /// <summary>Those of the cloud are run by the cloud controller manager.</summary>
    [Fact]
    public void Known_ControllersOfUpstream_AreThere()
    {
        const string upstream = """
            bootstrap-signer certificatesigningrequest-approving certificatesigningrequest-cleaner certificatesigningrequest-signing clusterrole-aggregation cronjob
            daemonset deployment device-taint-eviction disruption endpoints endpointslice endpointslice-mirroring ephemeral-volume garbage-collector
            horizontal-pod-autoscaler job kube-apiserver-serving-clustertrustbundle-publisher legacy-serviceaccount-token-cleaner namespace node-ipam node-lifecycle
            persistentvolume-attach-detach persistentvolume-binder persistentvolume-expander persistentvolume-protection persistentvolumeclaim-protection
            pod-garbage-collector podcertificaterequest-cleaner replicaset replicationcontroller resourceclaim resourcequota root-ca-certificate-publisher selinux-warning service-cidr
            serviceaccount serviceaccount-token statefulset storage-version-migrator storageversion-garbage-collector taint-eviction token-cleaner ttl-after-finished ttl
            validatingadmissionpolicy-status volumeattributesclass-protection
            """;
        var names = upstream.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(name => name + "-controller").Order(StringComparer.Ordinal);
        Assert.Equal(names, ControllerManager.KnownControllers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void New_UnknownName_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ControllerChoice(["*", "-jobs"], Known, Off));
}
