using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Certificates.V1;
using Sampan.Api.Core.V1;
using Sampan.Client.Controllers;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Join;
using Sampan.Testing.Fakes;

namespace Sampan.Cluster.Tests.Join;

/// <summary>A node gets a serving certificate for itself, and for nobody else.</summary>
public sealed class ServingApproverTests : IAsyncLifetime
{
    private readonly FakeApi _api = new();
    private readonly InformerFactory _informers;
    private readonly EventBroadcaster _events;
    private readonly ServingApprover _approver;

    public ServingApproverTests()
    {
        _api.Set(new Node { Metadata = new() { Name = "other" }, Status = new() { Addresses = [new() { Type = "InternalIP", Address = "192.0.2.12" }] } });
        _informers = new InformerFactory(_api.Client, TimeProvider.System);
        _events = new EventBroadcaster(_api.Client, TimeProvider.System, NullLoggerFactory.Instance);
        var context = new ControllerContext(_api.Client, _informers, TimeProvider.System, NullLoggerFactory.Instance, new MetricRegistry(), _events);
        _approver = new ServingApprover(context, ["192.0.2.10", "kubernetes", "server"], [IPNetwork.Parse("10.96.0.0/16")]);
    }

    public async ValueTask InitializeAsync()
    {
        await _approver.StartAsync(default);
        await _informers.StartAsync(default);
        await _approver.ReadyAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _approver.StopAsync(default);
        await _informers.DisposeAsync();
        await _events.DisposeAsync();
    }

    [Fact]
    public void Objection_NodeForItself_None() => Assert.Null(Objection("worker", "worker", "192.0.2.11"));

    [Theory]
    [InlineData("worker", "192.0.2.10", "the API server's")]
    [InlineData("worker", "10.96.0.1", "a Service's")]
    [InlineData("worker", "192.0.2.12", "the node other")]
    [InlineData("worker", "kubernetes", "not the node's name")]
    [InlineData("worker", "another", "not the node's name")]
    [InlineData("kubernetes", "kubernetes", "a name of the API server")]
    public void Objection_NodeForSomebodyElse_SaysWhose(string node, string name, string reason) => Assert.Contains(reason, Objection(node, node, name));

    [Fact]
    public void Objection_SubjectOfAnotherNode_IsRefused() => Assert.Contains("subject", Objection("worker", "other", "192.0.2.11"));

    [Fact]
    public void Objection_PersonNotNode_IsRefused()
    {
        var request = Request("worker", "worker", "192.0.2.11");
        request.Spec.Username = "jane";
        Assert.Contains("no node", _approver.Objection(request));
    }

    private string? Objection(string node, string subject, string name) => _approver.Objection(Request(node, subject, name));

    private static CertificateSigningRequest Request(string node, string subject, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var profile = CertificateProfile.Server($"system:node:{subject}", [name]) with { Organizations = ["system:nodes"] };
        var request = new CertificateRequest(CertificateAuthority.SubjectOf(profile), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(CertificateAuthority.NamesOf(profile));
        return new CertificateSigningRequest
        {
            Metadata = new() { Name = "csr" },
            Spec = new()
            {
                SignerName = "kubernetes.io/kubelet-serving", Username = $"system:node:{node}", Groups = ["system:nodes", "system:authenticated"],
                Request = Encoding.ASCII.GetBytes(request.CreateSigningRequestPem()),
            },
        };
    }
}
