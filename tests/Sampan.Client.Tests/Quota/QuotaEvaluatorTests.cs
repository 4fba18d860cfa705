using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.Client.Quota;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Client.Tests.Quota;

public sealed class QuotaEvaluatorTests
{
    private readonly Dictionary<string, Pod> _pods = [];
    private readonly QuotaEvaluators _evaluators;

    public QuotaEvaluatorTests() => _evaluators = new(TimeProvider.System, new Others(_pods));

    [Fact]
    public void Usage_Pod_CountsRequestsLimitsAndExtendedResources()
    {
        var usage = Of("", "pods").Usage(PodWith("500m", "1", ("example.com/dongle", "2")));
        Assert.Equal(
            "count/pods=1,cpu=500m,limits.cpu=1,pods=1,requests.cpu=500m,requests.example.com/dongle=2", ResourceLists.Text(usage));
    }

    [Fact]
    public void Usage_PodWithInitContainersAndSidecar_TakesTheGreatestMoment()
    {
        var pod = PodWith("1", null);
        pod.Spec.InitContainers = [ContainerOf("sidecar", "300m"), ContainerOf("first", "2")];
        pod.Spec.InitContainers[0].RestartPolicy = "Always";
        Assert.Equal(Quantity.Parse("2300m"), Of("", "pods").Usage(pod)["requests.cpu"]);
    }

    [Fact]
    public void Usage_EndedPod_CountsTheObjectAlone()
    {
        var pod = PodWith("1", null);
        pod.Status.Phase = "Succeeded";
        Assert.Equal("count/pods=1", ResourceLists.Text(Of("", "pods").Usage(pod)));
    }

    [Fact]
    public void Usage_LoadBalancer_CountsNodePortsUnlessTheyAreOff()
    {
        var service = new Service { Spec = new() { Type = "LoadBalancer", Ports = [new() { Port = 80 }, new() { Port = 443, NodePort = 30443 }] } };
        Assert.Equal("count/services=1,services=1,services.loadbalancers=1,services.nodeports=2", ResourceLists.Text(Of("", "services").Usage(service)));
        service.Spec.AllocateLoadBalancerNodePorts = false;
        Assert.Equal(new Quantity(1), Of("", "services").Usage(service)["services.nodeports"]);
    }

    [Fact]
    public void Usage_Claim_CountsStorageByClassToo()
    {
        var claim = new PersistentVolumeClaim
        {
            Spec = new() { StorageClassName = "gold", Resources = new() { Requests = new() { ["storage"] = Quantity.Parse("10Gi") } } },
        };
        Assert.Equal(Quantity.Parse("10Gi"), Of("", "persistentvolumeclaims").Usage(claim)["gold.storageclass.storage.k8s.io/requests.storage"]);
    }

    [Fact]
    public void Usage_DeviceClaim_CountsByClassAndAsExtendedResources()
    {
        var claim = DeviceClaim(("gpu", "ExactCount", 2), ("nic", "All", 0));
        Assert.Equal(
            "count/resourceclaims.resource.k8s.io=1,gpu.deviceclass.resource.k8s.io/devices=2,nic.deviceclass.resource.k8s.io/devices=32,"
            + "requests.deviceclass.resource.kubernetes.io/gpu=2,requests.deviceclass.resource.kubernetes.io/nic=32,requests.example.com/gpu=2",
            ResourceLists.Text(Of("resource.k8s.io", "resourceclaims").Usage(claim)));
    }

    [Fact]
    public void Usage_DeviceClaimOfAlternatives_CountsTheGreatestOfEachClass()
    {
        var claim = DeviceClaim();
        claim.Spec.Devices.Requests =
        [
            new() { Name = "r", FirstAvailable = [Alternative("a", "nic", 3), Alternative("b", "nic", 1), Alternative("c", "gpu", 2)] },
        ];
        var usage = Of("resource.k8s.io", "resourceclaims").Usage(claim);
        Assert.Equal((new Quantity(3), new Quantity(2)), (usage["nic.deviceclass.resource.k8s.io/devices"], usage["requests.example.com/gpu"]));
    }

    [Theory]
    [InlineData("example.com/gpu", "requests.deviceclass.resource.kubernetes.io/gpu=2")]
    [InlineData("deviceclass.resource.kubernetes.io/gpu", "requests.example.com/gpu=2")]
    [InlineData("example.com/other", "requests.deviceclass.resource.kubernetes.io/gpu=2,requests.example.com/gpu=2")]
    public void Usage_ClaimMadeForAPod_LeavesOutWhatThePodPaysFor(string resource, string expected)
    {
        var pod = PodWith("1", null, (resource, "2"));
        (pod.Metadata.Name, pod.Metadata.Namespace, pod.Metadata.Uid) = ("p", "default", "u");
        _pods["default/p"] = pod;
        var claim = DeviceClaim(("gpu", "ExactCount", 2));
        claim.Metadata.Annotations = new() { ["resource.kubernetes.io/extended-resource-claim"] = "true" };
        claim.Metadata.OwnerReferences = [new() { ApiVersion = "v1", Kind = "Pod", Name = "p", Uid = "u", Controller = true }];

        Assert.Equal($"count/resourceclaims.resource.k8s.io=1,gpu.deviceclass.resource.k8s.io/devices=2,{expected}", ResourceLists.Text(Of("resource.k8s.io", "resourceclaims").Usage(claim)));
        Assert.Equal(new Quantity(2), Of("", "pods").Usage(pod)["requests." + resource]);

        claim.Metadata.OwnerReferences[0].Uid = "another";
        Assert.Equal(4, Of("resource.k8s.io", "resourceclaims").Usage(claim).Count);
    }

    [Fact]
    public void Usage_ClaimForAnInitContainersDevices_LeavesOutTheRestToo()
    {
        var pod = PodWith("1", null, ("example.com/gpu", "2"));
        pod.Spec.InitContainers = [ContainerOf("setup", "1")];
        pod.Spec.InitContainers[0].Resources.Requests!["example.com/gpu"] = Quantity.Parse("5");
        (pod.Metadata.Name, pod.Metadata.Namespace, pod.Metadata.Uid) = ("p", "default", "u");
        _pods["default/p"] = pod;
        var claim = DeviceClaim(("gpu", "ExactCount", 3), ("gpu", "ExactCount", 2));
        claim.Metadata.Annotations = new() { ["resource.kubernetes.io/extended-resource-claim"] = "true" };
        claim.Metadata.OwnerReferences = [new() { ApiVersion = "v1", Kind = "Pod", Name = "p", Uid = "u", Controller = true }];
        Assert.DoesNotContain("requests.example.com/gpu", Of("resource.k8s.io", "resourceclaims").Usage(claim).Keys);
    }

    [Theory]
    [InlineData("requests.example.com/gpu", true, true)]
    [InlineData("requests.deviceclass.resource.kubernetes.io/gpu", true, true)]
    [InlineData("gpu.deviceclass.resource.k8s.io/devices", false, true)]
    [InlineData("count/resourceclaims.resource.k8s.io", false, true)]
    [InlineData("requests.cpu", true, false)]
    public void Counts_NamesOfDevices_AreThePodsAndTheClaims(string name, bool pods, bool claims) =>
        Assert.Equal((pods, claims), (Of("", "pods").Counts(name), Of("resource.k8s.io", "resourceclaims").Counts(name)));

    [Fact]
    public void Missing_QuotaOnCpu_NamesContainersThatStateNone()
    {
        var pod = PodWith(null, null);
        pod.Spec.Containers.Add(ContainerOf("b", "1"));
        Assert.Equal(
            "must specify limits.cpu for: a,b; requests.cpu for: a",
            Of("", "pods").Missing(new HashSet<string> { "requests.cpu", "limits.cpu", "pods" }, pod));
    }

    [Theory]
    [InlineData("BestEffort", null, true)]
    [InlineData("BestEffort", "1", false)]
    [InlineData("NotBestEffort", "1", true)]
    [InlineData("NotTerminating", null, true)]
    public void MatchesScopes_Pod_FollowsItsClass(string scope, string? cpu, bool expected)
    {
        var quota = new ResourceQuota { Spec = new() { Scopes = [scope] } };
        Assert.Equal(expected, Of("", "pods").MatchesScopes(quota, PodWith(cpu, null)));
    }

    [Fact]
    public void MatchesScopes_PriorityClass_ComparesNames()
    {
        var quota = new ResourceQuota
        {
            Spec = new() { ScopeSelector = new() { MatchExpressions = [new() { ScopeName = "PriorityClass", Operator = "In", Values = ["high"] }] } },
        };
        var pod = PodWith(null, null);
        Assert.False(Of("", "pods").MatchesScopes(quota, pod));
        pod.Spec.PriorityClassName = "high";
        Assert.True(Of("", "pods").MatchesScopes(quota, pod));
    }

    [Fact]
    public void UsageOf_SeveralObjects_SumsTheNamesThatTheQuotaLimits()
    {
        var quota = new ResourceQuota { Spec = new() { Hard = new() { ["requests.cpu"] = new(10), ["pods"] = new(5), ["secrets"] = new(1) } } };
        var usage = Of("", "pods").UsageOf(quota, [PodWith("1", null), PodWith("250m", null)]);
        Assert.Equal("pods=2,requests.cpu=1250m", ResourceLists.Text(usage));
    }

    [Fact]
    public void Find_OtherKind_CountsByGroup()
    {
        Assert.Equal("count/deployments.apps=1", ResourceLists.Text(Of("apps", "deployments").Usage(new ConfigMap())));
        Assert.Equal("configmaps=1,count/configmaps=1", ResourceLists.Text(Of("", "configmaps").Usage(new ConfigMap())));
        Assert.Null(_evaluators.Find("", "events"));
    }

    private QuotaEvaluator Of(string group, string resource) => _evaluators.Find(group, resource)!;

    private static Pod PodWith(string? cpu, string? limit, params (string Name, string Amount)[] more)
    {
        var container = ContainerOf("a", cpu);
        if (limit is not null)
        {
            container.Resources.Limits = new() { ["cpu"] = Quantity.Parse(limit) };
        }
        foreach (var (name, amount) in more)
        {
            (container.Resources.Requests ??= [])[name] = Quantity.Parse(amount);
        }
        return new Pod { Spec = new() { Containers = [container] } };
    }

    private static Container ContainerOf(string name, string? cpu) => new()
    {
        Name = name,
        Resources = new() { Requests = cpu is null ? null : new() { ["cpu"] = Quantity.Parse(cpu) } },
    };

    private static ResourceClaim DeviceClaim(params (string Class, string Mode, long Count)[] requests) => new()
    {
        Metadata = new() { Name = "c", Namespace = "default" },
        Spec = new()
        {
            Devices = new()
            {
                Requests = [.. requests.Select((r, i) => new DeviceRequest { Name = $"r{i}", Exactly = new() { DeviceClassName = r.Class, AllocationMode = r.Mode, Count = r.Count } })],
            },
        },
    };

    private static DeviceSubRequest Alternative(string name, string className, long count) => new() { Name = name, DeviceClassName = className, AllocationMode = "ExactCount", Count = count };

    private sealed class Others(Dictionary<string, Pod> pods) : IQuotaObjects
    {
        public DeviceClass? DeviceClass(string name) => name == "gpu" ? new() { Metadata = new() { Name = "gpu" }, Spec = new() { ExtendedResourceName = "example.com/gpu" } } : null;

        public Pod? Pod(string ns, string name) => pods.GetValueOrDefault($"{ns}/{name}");
    }
}
