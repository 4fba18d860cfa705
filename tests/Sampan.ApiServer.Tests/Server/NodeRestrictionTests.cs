using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Certificates.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client;
using static Sampan.ApiServer.Tests.Server.TestServer;
using TokenRequest = Sampan.Api.Authentication.V1.TokenRequest;

namespace Sampan.ApiServer.Tests.Server;

public sealed class NodeRestrictionTests
{
    [Fact]
    public async Task Kubelet_OwnNode_MayRegister()
    {
        await using var server = await StartAsync();
        var node = await KubeletOf(server).Of<Node>().CreateAsync(New("n1"), default);
        Assert.Equal("node.kubernetes.io/not-ready", Assert.Single(node.Spec.Taints!).Key);
    }

    [Fact]
    public async Task Kubelet_OtherNode_IsForbidden()
    {
        await using var server = await StartAsync();
        var refusal = await RefusalAsync(() => KubeletOf(server).Of<Node>().CreateAsync(New("n2"), default));
        Assert.Equal("nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\"", refusal.Message);
    }

    [Fact]
    public async Task Kubelet_RestrictedLabel_IsForbidden()
    {
        await using var server = await StartAsync();
        var node = New("n1");
        node.Metadata.Labels = new() { ["kubernetes.io/hostname"] = "n1", ["node-restriction.kubernetes.io/x"] = "y" };
        var refusal = await RefusalAsync(() => KubeletOf(server).Of<Node>().CreateAsync(node, default));
        Assert.Equal(
            "nodes \"n1\" is forbidden: node \"n1\" is not allowed to set the following labels: node-restriction.kubernetes.io/x", refusal.Message);
    }

    [Fact]
    public async Task Kubelet_PodThatIsNoMirror_IsForbidden()
    {
        await using var server = await StartAsync();
        await server.AddDefaultAccountAsync();
        var pod = new Pod
        {
            Metadata = new() { Name = "p", Namespace = "default" },
            Spec = new() { NodeName = "n1", Containers = [new() { Name = "c", Image = "busybox" }] },
        };
        Assert.True((await RefusalAsync(() => KubeletOf(server).Of<Pod>().CreateAsync(pod, default))).IsForbidden);
    }

    [Fact]
    public async Task Kubelet_MirrorPod_MustBelongToItsNode()
    {
        await using var server = await StartAsync();
        var node = await KubeletOf(server).Of<Node>().CreateAsync(New("n1"), default);
        var refusal = await RefusalAsync(() => KubeletOf(server).Of<Pod>().CreateAsync(Mirror("stranger"), default));
        Assert.Equal("pods \"p\" is forbidden: node \"n1\" can only create pods with an owner reference set to itself", refusal.Message);
        var own = Mirror("n1");
        own.Metadata.OwnerReferences![0].Uid = node.Metadata.Uid;
        own.Spec.Volumes = [new() { Name = "v", Secret = new() { SecretName = "s" } }];
        Assert.EndsWith(
            "node \"n1\" can not create pods that reference secrets",
            (await RefusalAsync(() => KubeletOf(server).Of<Pod>().CreateAsync(own, default))).Message, StringComparison.Ordinal);
        own.Spec.Volumes = null;
        await KubeletOf(server).Of<Pod>().CreateAsync(own, default);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("vault")]
    [InlineData("driver")]
    [InlineData("other", "audience \"other\" not found in pod spec volume, system:node:n1 is not authorized to request tokens for this audience")]
    [InlineData("extra")]
    public async Task Kubelet_TokenOfAPod_IsForWhomItsVolumesName(string? audience, string? refusal = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await StartAsync(options => options with
        {
            Authorization = new AuthorizationOptions(),
            Authentication = new AuthenticationOptions { ServiceAccountSigningKey = key.ExportECPrivateKeyPem() },
        });
        await server.AddDefaultAccountAsync();
        var client = server.ClientOf("system:admin", "system:masters");
        await client.CreateAsync(new CSIDriver { Metadata = new() { Name = "csi.test" }, Spec = new() { TokenRequests = [new() { Audience = "driver" }] } }, default);
        await client.GrantAsync("extra", "Group", "system:nodes", new() { Verbs = ["request-serviceaccounts-token-audience"], ApiGroups = [""], Resources = ["extra"] });
        var pod = await client.CreateAsync(WithTokens(), default);
        await KnownToTheNodeAsync(client);

        var request = new TokenRequest { Spec = new() { Audiences = audience is null ? null : [audience], BoundObjectRef = new() { ApiVersion = "v1", Kind = "Pod", Name = "p", Uid = pod.Metadata.Uid } } };
        if (refusal is null) Assert.NotEmpty((await TokenAsync(server, request)).Status.Token);
        else Assert.Equal($"serviceaccounts \"default\" is forbidden: {refusal}", (await RefusalAsync(() => TokenAsync(server, request))).Message);
    }

    [Fact]
    public async Task Kubelet_TokenOfNoPodOfItsOwn_IsForbidden()
    {
        await using var server = await StartAsync(new AuthorizationOptions());
        await server.AddDefaultAccountAsync();
        var client = server.ClientOf("system:admin", "system:masters");
        var pod = await client.CreateAsync(WithTokens(), default);
        await KnownToTheNodeAsync(client);
        var bound = new BoundObjectReference { ApiVersion = "v1", Kind = "Pod", Name = "p" };
        var request = new TokenRequest { Spec = new() { BoundObjectRef = bound } };
        Assert.Contains("node requested token with a pod binding without a uid", (await RefusalAsync(() => TokenAsync(server, request))).Message, StringComparison.Ordinal);
        bound.Uid = "old";
        Assert.Contains("(old) does not match the UID in record", (await RefusalAsync(() => TokenAsync(server, request))).Message, StringComparison.Ordinal);
        (bound.Uid, request.Spec.Audiences) = (pod.Metadata.Uid, ["vault", "driver"]);
        Assert.Contains("node may only request 0 or 1 audiences", (await RefusalAsync(() => TokenAsync(server, request))).Message, StringComparison.Ordinal);
        bound.Name = "gone";
        Assert.True((await RefusalAsync(() => TokenAsync(server, request))).IsNotFound);
    }

    [Fact]
    public async Task Kubelet_OwnNodesOwnersTaintsAndLabels_StayAsTheyAre()
    {
        await using var server = await StartAsync();
        var nodes = KubeletOf(server).Of<Node>();
        var node = await nodes.CreateAsync(New("n1"), default);
        await RefusedAsync("node \"n1\" is not allowed to modify taints", n => n.Spec.Taints = null);
        await RefusedAsync("node \"n1\" is not allowed to modify ownerReferences", n => n.Metadata.OwnerReferences = [new() { ApiVersion = "v1", Kind = "ConfigMap", Name = "c", Uid = "u" }]);
        await RefusedAsync("nodes \"n1\" is forbidden: is not allowed to modify labels: k8s.io/x", n => n.Metadata.Labels = new() { ["k8s.io/x"] = "y" });

        async Task RefusedAsync(string expected, Action<Node> change)
        {
            var changed = node.DeepClone();
            change(changed);
            Assert.EndsWith(expected, (await RefusalAsync(() => nodes.UpdateAsync(changed, default))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Kubelet_StatusOfAPod_TellsNothingThatSteersOthers()
    {
        await using var server = await StartAsync();
        await server.AddDefaultAccountAsync();
        var (own, other) = (WithTokens(), WithTokens());
        (other.Metadata.Name, other.Spec.NodeName) = ("q", "n2");
        own.Spec.ResourceClaims = [new() { Name = "a", ResourceClaimTemplateName = "t" }];
        var (mine, theirs) = (await server.Client.CreateAsync(own, default), await server.Client.CreateAsync(other, default));
        await RefusedAsync(theirs, "node \"n1\" can only update pod status for pods with spec.nodeName set to itself", _ => { });
        await RefusedAsync(mine, "node \"n1\" cannot update labels through pod status", pod => pod.Metadata.Labels = new() { ["app"] = "x" });
        await RefusedAsync(mine, "node \"n1\" cannot update resource claim statues", pod => pod.Status.ResourceClaimStatuses = [new() { Name = "a", ResourceClaimName = "b" }]);
        Assert.EndsWith(
            "node \"n1\" can only delete pods with spec.nodeName set to itself", (await RefusalAsync(() => KubeletOf(server).Of<Pod>().DeleteAsync("default", "q", default))).Message, StringComparison.Ordinal);
        var running = mine.DeepClone();
        running.Status.Phase = "Running";
        Assert.Equal("Running", (await KubeletOf(server).Of<Pod>().UpdateStatusAsync(running, default)).Status.Phase);

        async Task RefusedAsync(Pod pod, string expected, Action<Pod> change)
        {
            var changed = pod.DeepClone();
            change(changed);
            Assert.EndsWith(expected, (await RefusalAsync(() => KubeletOf(server).Of<Pod>().UpdateStatusAsync(changed, default))).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("n2")]
    public async Task Kubelet_SliceOfAnotherOrOfAll_IsForbidden(string? node)
    {
        await using var server = await StartAsync();
        var slice = new ResourceSlice
        {
            Metadata = new() { Name = "s" },
            Spec = new() { Driver = "d.test", NodeName = node, AllNodes = node is null ? true : null, Pool = new() { Name = "p", ResourceSliceCount = 1 } },
        };
        Assert.EndsWith(
            "can only create ResourceSlice with the same NodeName as the requesting node", (await RefusalAsync(() => KubeletOf(server).CreateAsync(slice, default))).Message, StringComparison.Ordinal);
        slice.Spec.NodeName = "n1";
        slice.Spec.AllNodes = null;
        await KubeletOf(server).CreateAsync(slice, default);
    }

    /// <summary>What drivers of its node have offered it deletes, all of it or that of one driver, and nothing of another node's.</summary>
    [Fact]
    public async Task Kubelet_SlicesOfItsNode_MayBeDeletedBySelector()
    {
        await using var server = await StartAsync();
        foreach (var (node, driver) in new[] { ("n1", "a.test"), ("n1", "b.test"), ("n2", "a.test") })
        {
            await server.Client.CreateAsync(new ResourceSlice { Metadata = new() { Name = $"{node}-{driver}" }, Spec = new() { Driver = driver, NodeName = node, Pool = new() { Name = node, ResourceSliceCount = 1 } } }, default);
        }

        Assert.EndsWith("can only delete ResourceSlice with the same NodeName as the requesting node", (await RefusalAsync(() => DeleteAsync("spec.nodeName=n2"))).Message, StringComparison.Ordinal);
        await DeleteAsync("spec.driver=a.test,spec.nodeName=n1");
        Assert.Equal(["n1-b.test", "n2-a.test"], await LeftAsync());
        await DeleteAsync("spec.nodeName=n1");
        Assert.Equal(["n2-a.test"], await LeftAsync());

        Task DeleteAsync(string selector) => KubeletOf(server).Of<ResourceSlice>().DeleteCollectionAsync(null, null, new() { FieldSelector = selector }, default);

        async Task<IEnumerable<string>> LeftAsync() => (await server.Client.Of<ResourceSlice>().ListAsync(null, null, default)).Items.Select(s => s.Metadata.Name).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("n1", true)]
    [InlineData("n2", false)]
    public async Task Kubelet_SigningRequest_IsForItself(string name, bool isAllowed)
    {
        await using var server = await StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"O=system:nodes,CN=system:node:{name}", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var csr = new CertificateSigningRequest
        {
            Metadata = new() { Name = "c" },
            Spec = new() { Request = Encoding.ASCII.GetBytes(request), SignerName = "kubernetes.io/kube-apiserver-client-kubelet", Usages = ["client auth", "digital signature"] },
        };
        var creation = () => KubeletOf(server).CreateAsync(csr, default);
        if (isAllowed) await creation();
        else Assert.EndsWith("can only create a node CSR with CN=system:node:n1", (await RefusalAsync(creation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubelet_StatusOfAClaim_IsItsSizeAlone()
    {
        await using var server = await StartAsync();
        var created = await server.Client.CreateAsync(
            new PersistentVolumeClaim
            {
                Metadata = new() { Name = "c", Namespace = "default" },
                Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = new() { ["storage"] = Quantity.Parse("1Gi") } } },
            },
            default);
        var claim = created.DeepClone();
        var claims = KubeletOf(server).Of<PersistentVolumeClaim>();
        Assert.EndsWith("may only update PVC status", (await RefusalAsync(() => claims.UpdateAsync(claim, default))).Message, StringComparison.Ordinal);
        claim.Status.Phase = "Lost";
        Assert.EndsWith("fields other than status.capacity and status.conditions", (await RefusalAsync(() => claims.UpdateStatusAsync(claim, default))).Message, StringComparison.Ordinal);
        (claim.Status.Phase, claim.Status.Capacity) = ("Pending", new() { ["storage"] = Quantity.Parse("1Gi") });
        Assert.NotNull((await claims.UpdateStatusAsync(claim, default)).Status.Capacity);
    }

    private static Task<TokenRequest> TokenAsync(TestServer server, TokenRequest request) =>
        KubeletOf(server).Of<ServiceAccount>().CreateSubresourceAsync<TokenRequest, TokenRequest>("default", "default", "token", request, default);

    /// <summary>Waits until the node authorizer knows that a pod of the node runs as the default account.</summary>
    private static Task KnownToTheNodeAsync(ApiClient admin) => Grants.UntilAsync(
        () => admin.IsAllowedAsync(new JsonObject
        {
            ["user"] = "system:node:n1",
            ["groups"] = new JsonArray("system:nodes"),
            ["resourceAttributes"] = new JsonObject { ["verb"] = "create", ["resource"] = "serviceaccounts", ["subresource"] = "token", ["namespace"] = "default", ["name"] = "default" },
        }),
        allowed => allowed);

    private static Pod WithTokens() => new()
    {
        Metadata = new() { Name = "p", Namespace = "default" },
        Spec = new()
        {
            NodeName = "n1",
            ServiceAccountName = "default",
            Containers = [new() { Name = "c", Image = "busybox" }],
            Volumes =
            [
                new() { Name = "vault", Projected = new() { Sources = [new() { ServiceAccountToken = new() { Path = "t", Audience = "vault" } }] } },
                new() { Name = "csi", Csi = new() { Driver = "csi.test" } },
            ],
        },
    };

    private static Pod Mirror(string owner) => new()
    {
        Metadata = new()
        {
            Name = "p",
            Namespace = "default",
            Annotations = new() { ["kubernetes.io/config.mirror"] = "hash" },
            OwnerReferences = [new() { ApiVersion = "v1", Kind = "Node", Name = owner, Uid = "u", Controller = true }],
        },
        Spec = new() { NodeName = "n1", Containers = [new() { Name = "c", Image = "busybox" }] },
    };

    private static Client.ApiClient KubeletOf(TestServer server) => server.ClientOf("system:node:n1", "system:nodes");

    private static Node New(string name) => new() { Metadata = new() { Name = name } };
}
