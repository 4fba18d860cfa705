using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sampan.Api;
using Sampan.Api.Certificates.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Networking.V1;
using Sampan.Api.Node.V1;
using Sampan.Api.Storage.V1;
using Sampan.ApiServer.Tests.Server;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Admission;

public sealed class ClassAdmissionTests
{
    [Fact]
    public async Task Create_ClaimWithoutClass_GetsTheDefaultOne()
    {
        await using var server = await TestServer.StartAsync();
        await server.Client.CreateAsync(Class("plain", isDefault: false), default);
        await server.Client.CreateAsync(Class("standard", isDefault: true), default);
        Assert.Equal("standard", (await server.Client.CreateAsync(Claim("a", null), default)).Spec.StorageClassName);
        Assert.Equal("", (await server.Client.CreateAsync(Claim("b", ""), default)).Spec.StorageClassName);
    }

    [Fact]
    public async Task Update_ClaimGrowsBeforeItIsBound_IsForbidden()
    {
        await using var server = await TestServer.StartAsync();
        var claim = (await server.Client.CreateAsync(Claim("a", ""), default)).DeepClone();
        claim.Spec.Resources.Requests!["storage"] = Quantity.Parse("2Gi");
        var refusal = await RefusalAsync(() => server.Client.Of<PersistentVolumeClaim>().UpdateAsync(claim, default));
        Assert.False(refusal.IsConflict);
    }

    [Fact]
    public async Task Create_IngressWithoutClass_GetsTheDefaultOne()
    {
        await using var server = await TestServer.StartAsync();
        await server.Client.CreateAsync(
            new IngressClass
            {
                Metadata = new() { Name = "main", Annotations = new() { ["ingressclass.kubernetes.io/is-default-class"] = "true" } },
                Spec = new() { Controller = "example.com/ingress" },
            },
            default);
        var ingress = new Ingress
        {
            Metadata = new() { Name = "i", Namespace = "default" },
            Spec = new() { DefaultBackend = new() { Service = new() { Name = "s", Port = new() { Number = 80 } } } },
        };
        Assert.Equal("main", (await server.Client.CreateAsync(ingress, default)).Spec.IngressClassName);
    }

    [Fact]
    public async Task Create_PodWithRuntimeClass_TakesOverheadAndSelector()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await server.Client.CreateAsync(
            new RuntimeClass
            {
                Metadata = new() { Name = "sandboxed" },
                Handler = "sandboxed",
                Overhead = new() { PodFixed = new() { ["memory"] = Quantity.Parse("64Mi") } },
                Scheduling = new() { NodeSelector = new() { ["sandbox"] = "yes" } },
            },
            default);
        var pod = await server.Client.CreateAsync(AdmissionPods.Of("p", change: spec => spec.RuntimeClassName = "sandboxed"), default);
        Assert.Equal("64Mi", pod.Spec.Overhead!["memory"].ToString());
        Assert.Equal("yes", pod.Spec.NodeSelector!["sandbox"]);
    }

    [Fact]
    public async Task Create_UnknownRuntimeClass_IsForbidden()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var refusal = await RefusalAsync(() => server.Client.CreateAsync(AdmissionPods.Of("p", change: spec => spec.RuntimeClassName = "none"), default));
        Assert.Equal("pods \"p\" is forbidden: pod rejected: RuntimeClass \"none\" not found", refusal.Message);
    }

    [Fact]
    public async Task Create_CertificateForMasters_IsForbidden()
    {
        await using var server = await TestServer.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = new CertificateRequest("O=system:masters, CN=eve", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var refusal = await RefusalAsync(() => server.Client.CreateAsync(
            new CertificateSigningRequest
            {
                Metadata = new() { Name = "eve" },
                Spec = new() { Request = Encoding.ASCII.GetBytes(pem), SignerName = "kubernetes.io/kube-apiserver-client", Usages = ["client auth"] },
            },
            default));
        Assert.EndsWith("use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bind_NodeWithZone_LabelsThePod()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await server.Client.CreateAsync(
            new Node { Metadata = new() { Name = "n", Labels = new() { ["topology.kubernetes.io/zone"] = "west", ["other"] = "x" } } }, default);
        await server.Client.CreateAsync(AdmissionPods.Of("p"), default);
        var answer = await server.SendAsync(
            "POST", "/api/v1/namespaces/default/pods/p/binding", """{"metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}""");
        Assert.Equal(201, answer.Code);
        var pod = await server.Client.Of<Pod>().GetAsync("default", "p", default);
        Assert.Equal("west", pod.Metadata.Labels!["topology.kubernetes.io/zone"]);
        Assert.False(pod.Metadata.Labels.ContainsKey("other"));
    }

    private static StorageClass Class(string name, bool isDefault) => new()
    {
        Metadata = new() { Name = name, Annotations = new() { ["storageclass.kubernetes.io/is-default-class"] = isDefault ? "true" : "false" } },
        Provisioner = "example.com/disk",
    };

    private static PersistentVolumeClaim Claim(string name, string? storageClass) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new()
        {
            StorageClassName = storageClass,
            AccessModes = ["ReadWriteOnce"],
            Resources = new() { Requests = new() { ["storage"] = Quantity.Parse("1Gi") } },
        },
    };
}
