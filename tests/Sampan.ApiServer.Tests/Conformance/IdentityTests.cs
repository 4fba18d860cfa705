using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Tests.Lifecycle;
using Sampan.ApiServer.Tests.Server;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Conformance;

/// <summary>Who is who: accounts, their tokens, certificates, and questions about rights.</summary>
public sealed class IdentityTests
{
    private const string SigningRequests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

    /// <summary>Any certificate will do.</summary>
    private static readonly Lazy<string> SelfSigned = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=e2e", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
    });

    [Fact]
    public async Task SigningRequest_ApprovedAndSigned_IsWrittenInItsParts()
    {
        await using var server = await TestServer.StartAsync();
        await SendAsync(server, "POST", SigningRequests, LifecycleTests.Read("certificates.CertificateSigningRequest"));
        const string Path = $"{SigningRequests}/sample";
        var chosen = (await server.SendAsync("GET", $"{SigningRequests}?fieldSelector=spec.signerName%3Dkubernetes.io/kube-apiserver-client")).Json;
        Assert.Single(chosen["items"]!.AsArray());

        var approval = await PatchAsync(server, $"{Path}/approval", """
            {"metadata":{"annotations":{"approval":"yes"}},"status":{"conditions":[{"type":"ApprovalPatch","status":"True","reason":"e2e"}]}}
            """);
        Assert.Equal("yes", (string?)approval["metadata"]!["annotations"]!["approval"]);
        approval["status"]!["conditions"]!.AsArray().Add(JsonNode.Parse("""{"type":"Approved","status":"True","reason":"E2E"}"""));
        Assert.Equal(["ApprovalPatch", "Approved"], Types(await SendAsync(server, "PUT", $"{Path}/approval", approval)));
        Assert.Equal(["ApprovalPatch", "Approved"], Types((await server.SendAsync("GET", $"{Path}/approval")).Json));

        var signed = await PatchAsync(server, $"{Path}/status", new JsonObject { ["status"] = new JsonObject { ["certificate"] = SelfSigned.Value } }.ToJsonString());
        Assert.Equal(SelfSigned.Value, (string?)signed["status"]!["certificate"]);
        signed["status"]!["conditions"]!.AsArray().Add(JsonNode.Parse("""{"type":"StatusUpdate","status":"True","reason":"E2E"}"""));
        Assert.Equal(["ApprovalPatch", "Approved", "StatusUpdate"], Types(await SendAsync(server, "PUT", $"{Path}/status", signed)));
    }

    [Fact]
    public async Task ServiceAccount_ThroughItsLife_IsWatchedChangedAndDeleted()
    {
        await using var server = await TestServer.StartAsync();
        var accounts = server.Client.Of<ServiceAccount>();
        var chosen = new ListOptions { LabelSelector = "static=true" };
        var start = (await accounts.ListAsync(null, chosen, default)).ResourceVersion;
        await accounts.CreateAsync(new ServiceAccount { Metadata = new() { Name = "robot", Namespace = "default", Labels = new() { ["static"] = "true" } } }, default);
        await accounts.PatchAsync("default", "robot", Client.Patch.StrategicMerge(JsonNode.Parse("""{"automountServiceAccountToken":false}""")!), default);
        var found = Assert.Single((await accounts.ListAsync(null, chosen, default)).Items).DeepClone();
        Assert.False(found.AutomountServiceAccountToken);
        found.AutomountServiceAccountToken = true;
        Assert.True((await accounts.UpdateAsync(found, default)).AutomountServiceAccountToken);

        await accounts.DeleteCollectionAsync("default", null, chosen, default);
        var seen = new List<WatchEventType>();
        await foreach (var change in accounts.WatchAsync("default", new ListOptions { LabelSelector = "static=true", ResourceVersion = start }, default))
        {
            seen.Add(change.Type);
            if (change.Type == WatchEventType.Deleted) break;
        }
        Assert.Equal([WatchEventType.Added, WatchEventType.Modified, WatchEventType.Modified, WatchEventType.Deleted], seen);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(null, true, true)]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    [InlineData(null, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, false, false)]
    public async Task Token_OfAPod_IsMountedUnlessItOrItsAccountOptsOut(bool? account, bool? pod, bool mounted)
    {
        await using var server = await TestServer.StartAsync();
        await server.Client.CreateAsync(
            new ServiceAccount { Metadata = new() { Name = "robot", Namespace = "default" }, AutomountServiceAccountToken = account }, default);
        var created = await server.Client.CreateAsync(
            new Pod
            {
                Metadata = new() { Name = "one", Namespace = "default" },
                Spec = new() { ServiceAccountName = "robot", AutomountServiceAccountToken = pod, Containers = [new Container { Name = "c", Image = "busybox:1" }] },
            },
            default);
        Assert.Equal(mounted, created.Spec.Containers[0].VolumeMounts.OrEmpty().Any(mount => mount.MountPath == "/var/run/secrets/kubernetes.io/serviceaccount"));
    }

    /// <summary>Whoever has only a token finds its issuer's keys and verifies it.</summary>
    [Fact]
    public async Task Token_OfAnotherAudience_IsVerifiedByTheKeysOfItsIssuer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var server = await TestServer.StartAsync(options => options with
        {
            Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
            Authentication = new AuthenticationOptions { ServiceAccountSigningKey = key.ExportECPrivateKeyPem() },
        });
        await server.AddDefaultAccountAsync();
        var answer = await SendAsync(server, "POST", "/api/v1/namespaces/default/serviceaccounts/default/token", JsonNode.Parse("""
            {"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"audiences":["oidc-discovery-test"],"expirationSeconds":600}}
            """)!.AsObject());
        var parts = ((string)answer["status"]!["token"]!).Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        var configuration = (await server.SendAsync("GET", "/.well-known/openid-configuration")).Json;
        Assert.Equal((string?)claims["iss"], (string?)configuration["issuer"]);
        Assert.Equal($"{claims["iss"]}/openid/v1/jwks", (string?)configuration["jwks_uri"]);
        Assert.Equal("oidc-discovery-test", (string?)claims["aud"]![0]);

        var published = Assert.Single((await server.SendAsync("GET", "/openid/v1/jwks")).Json["keys"]!.AsArray())!;
        Assert.Equal((string?)JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!["kid"], (string?)published["kid"]);
        using var found = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Base64Url.DecodeFromChars((string)published["x"]!), Y = Base64Url.DecodeFromChars((string)published["y"]!) },
        });
        Assert.True(found.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Review_OfAnAccount_SaysWhatItsRequestsMeet(bool granted)
    {
        await using var server = await TestServer.StartAsync(new AuthorizationOptions { EnsureDefaultPolicy = false });
        var user = new UserName("system:serviceaccount:default:e2e", ["system:authenticated", "system:serviceaccounts", "system:serviceaccounts:default"]);
        if (granted) await GrantAsync(server, user);

        var whole = await ReviewAsync(server, "subjectaccessreviews", user);
        Assert.Equal((granted, granted), (whole, await ReviewAsync(server, "localsubjectaccessreviews", user)));
        var refusal = await Record.ExceptionAsync(() => server.ClientOf(user.Name, user.Groups).Of<ConfigMap>().ListAsync("default", default));
        Assert.Equal(granted, refusal is null);
    }

    private static async Task GrantAsync(TestServer server, UserName user)
    {
        await server.Client.CreateAsync(
            new Role { Metadata = new() { Name = "reader", Namespace = "default" }, Rules = [new PolicyRule { Verbs = ["list"], ApiGroups = [""], Resources = ["configmaps"] }] }, default);
        await server.Client.CreateAsync(
            new RoleBinding
            {
                Metadata = new() { Name = "reader", Namespace = "default" },
                RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = "reader" },
                Subjects = [new Subject { Kind = "ServiceAccount", Name = "e2e", Namespace = "default" }],
            },
            default);
        await Grants.UntilAsync(() => ReviewAsync(server, "subjectaccessreviews", user), allowed => allowed);
    }

    private static async Task<bool> ReviewAsync(TestServer server, string resource, UserName user)
    {
        var isLocal = resource.StartsWith("local", StringComparison.Ordinal);
        var answer = await server.Client.Dynamic(new GroupVersionResource("authorization.k8s.io", "v1", resource)).CreateAsync(
            new JsonObject
            {
                ["apiVersion"] = "authorization.k8s.io/v1",
                ["kind"] = isLocal ? "LocalSubjectAccessReview" : "SubjectAccessReview",
                ["metadata"] = isLocal ? new JsonObject { ["namespace"] = "default" } : new JsonObject(),
                ["spec"] = new JsonObject
                {
                    ["resourceAttributes"] = new JsonObject { ["verb"] = "list", ["version"] = "v1", ["resource"] = "configmaps", ["namespace"] = "default" },
                    ["user"] = user.Name,
                    ["groups"] = new JsonArray([.. user.Groups.Select(group => (JsonNode?)group)]),
                },
            },
            default);
        return (bool)answer["status"]!["allowed"]!;
    }

    private static IEnumerable<string?> Types(JsonObject request) => request["status"]!["conditions"]!.AsArray().Select(condition => (string?)condition!["type"]);

    private static Task<JsonObject> PatchAsync(TestServer server, string path, string patch) => SendAsync(server, "PATCH", path, patch, "application/merge-patch+json");

    private static Task<JsonObject> SendAsync(TestServer server, string method, string path, JsonObject body) =>
        SendAsync(server, method, path, body.ToJsonString(), "application/json");

    private static async Task<JsonObject> SendAsync(TestServer server, string method, string path, string body, string type)
    {
        var answer = await server.SendAsync(method, path, body, type);
        Assert.True(answer.Code is 200 or 201, $"{method} {path}: {answer.Code} {answer.Message}");
        return answer.Json;
    }

    private sealed record UserName(string Name, string[] Groups);
}
