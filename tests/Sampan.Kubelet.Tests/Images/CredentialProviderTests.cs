using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Images.Access;
using Sampan.Kubelet.Images.Providers;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Images;

public sealed class CredentialProviderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Program _program = new();
    private readonly FakePodObjects _objects = new();
    private readonly MetricRegistry _metrics = new();

    [Theory]
    [InlineData("registry.test", "registry.test/app:1", true)]
    [InlineData("*.registry.test", "eu.registry.test/app", true)]
    [InlineData("*.registry.test", "a.b.registry.test/app", false)]
    [InlineData("*.registry.test", "registry.test/app", false)]
    [InlineData("registry.test/team", "registry.test/team/app", true)]
    [InlineData("registry.test/team", "registry.test/other/app", false)]
    [InlineData("registry.test:5000", "registry.test:5000/app", true)]
    [InlineData("registry.test", "registry.test:5000/app", false)]
    [InlineData("docker.io", "nginx", true)]
    public void Matches_Pattern_ComparesPartByPart(string pattern, string image, bool expected) => Assert.Equal(expected, ImagePattern.Matches(pattern, image));

    [Fact]
    public async Task Find_Image_AsksTheProgramAndKeepsItsAnswer()
    {
        var provider = Provider();

        var login = Assert.Single(await provider.FindAsync("eu.registry.test/app", Pod(), default));
        await provider.FindAsync("eu.registry.test/other", Pod(), default);

        Assert.Equal(("eu.registry.test", "u", "p"), (login.Server, login.User, login.Password));
        Assert.Equal("""/bin/kubelet-plugins/login --fast A=1 {"kind":"CredentialProviderRequest","apiVersion":"credentialprovider.kubelet.k8s.io/v1","image":"eu.registry.test/app"}""", Assert.Single(_program.Calls));
        _time.Advance(TimeSpan.FromMinutes(5));
        await provider.FindAsync("eu.registry.test/app", Pod(), default);
        Assert.Equal(2, _program.Calls.Count);
    }

    [Fact]
    public async Task Find_ImageOfAnotherRegistry_DoesNotAsk()
    {
        Assert.Empty(await Provider().FindAsync("other.test/app", Pod(), default));
        Assert.Empty(_program.Calls);
    }

    [Fact]
    public async Task Find_ProgramThatFails_GivesNothing()
    {
        _program.Failure = "ended with code 1";

        Assert.Empty(await Provider().FindAsync("eu.registry.test/app", Pod(), default));
        Assert.Contains("kubelet_credential_provider_plugin_errors_total{plugin_name=\"login\"} 1\n", _metrics.Render(), StringComparison.Ordinal);
        Assert.Contains("kubelet_credential_provider_plugin_duration_count{plugin_name=\"login\"} 1\n", _metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void HashOf_Configuration_ChangesWithIt()
    {
        File.WriteAllText(_directory["a"], "x");

        // The length as eight bytes, then the content.
        Assert.Equal($"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([0, 0, 0, 0, 0, 0, 0, 1, (byte)'x']))}", ProviderConfiguration.HashOf(_directory["a"]));
    }

    [Fact]
    public async Task Find_PerAccount_ShowsItsTokenAndAnnotations()
    {
        Account("builder", ("team", "blue"), ("other", "x"));
        var provider = Provider("tokenAttributes: {serviceAccountTokenAudience: registry.test, cacheType: ServiceAccount, requireServiceAccount: true, requiredServiceAccountAnnotationKeys: [team], optionalServiceAccountAnnotationKeys: [zone]}");

        var login = Assert.Single(await provider.FindAsync("eu.registry.test/app", Pod(), default));

        Assert.True(provider.IsPerAccount);
        Assert.EndsWith(""","serviceAccountToken":"token-1","serviceAccountAnnotations":{"team":"blue"}}""", Assert.Single(_program.Calls), StringComparison.Ordinal);
        Assert.Equal(("registry.test", "a", "uid-a"), (_objects.TokenRequests[0].Spec.Audiences![0], _objects.TokenRequests[0].Spec.BoundObjectRef!.Name, _objects.TokenRequests[0].Spec.BoundObjectRef!.Uid));
        Assert.Equal(new PullSource("uid-builder", "default", "builder", IsServiceAccount: true), login.Source);
    }

    [Theory]
    [InlineData("ServiceAccount", 2)]
    [InlineData("Token", 3)]
    public async Task Find_PerAccount_KeepsLoginsApart(string cacheType, int calls)
    {
        Account("builder");
        Account("tester");
        var provider = Provider($"tokenAttributes: {{serviceAccountTokenAudience: registry.test, cacheType: {cacheType}, requireServiceAccount: true}}");

        await provider.FindAsync("eu.registry.test/app", Pod(), default);
        await provider.FindAsync("eu.registry.test/app", Pod("b"), default);
        await provider.FindAsync("eu.registry.test/app", Pod("c", "tester"), default);

        Assert.Equal(calls, _program.Calls.Count);
    }

    [Theory]
    [InlineData("", true, 0)] // A static pod has no account.
    [InlineData("", false, 1)]
    [InlineData("gone", true, 0)]
    [InlineData("builder", true, 0)] // It lacks the annotation.
    public async Task Find_PodThatCannotProveItself_GetsNothing(string account, bool isRequired, int calls)
    {
        Account("builder");
        var required = isRequired ? "requireServiceAccount: true, requiredServiceAccountAnnotationKeys: [team]" : "requireServiceAccount: false";
        var provider = Provider($"tokenAttributes: {{serviceAccountTokenAudience: registry.test, cacheType: Token, {required}}}");

        Assert.Equal(calls, (await provider.FindAsync("eu.registry.test/app", Pod("a", account), default)).Count);
        Assert.Equal(calls, _program.Calls.Count);
        Assert.All(_program.Calls, call => Assert.DoesNotContain("serviceAccountToken", call, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{serviceAccountTokenAudience: a, cacheType: Token}", "tokenAttributes.requireServiceAccount: Required value")]
    [InlineData("{cacheType: Token, requireServiceAccount: true}", "tokenAttributes.serviceAccountTokenAudience: Required value")]
    [InlineData("{serviceAccountTokenAudience: a, requireServiceAccount: true}", "Supported values are: ServiceAccount, Token")]
    [InlineData("{serviceAccountTokenAudience: a, requireServiceAccount: true, cacheType: Pod}", "tokenAttributes.cacheType: Unsupported value: \"Pod\"")]
    [InlineData("{serviceAccountTokenAudience: a, requireServiceAccount: false, cacheType: Token, requiredServiceAccountAnnotationKeys: [k]}", "requireServiceAccount cannot be false when requiredServiceAccountAnnotationKeys is set")]
    [InlineData("{serviceAccountTokenAudience: a, requireServiceAccount: true, cacheType: Token, requiredServiceAccountAnnotationKeys: [k], optionalServiceAccountAnnotationKeys: [k]}", "annotation keys cannot be both required and optional")]
    public void Load_TokenAttributesThatCannotBeMeant_SaysWhy(string attributes, string problem) =>
        Assert.Contains(problem, Assert.Throws<ConfigurationException>(() => Provider($"tokenAttributes: {attributes}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("kind: Other", "want CredentialProviderConfig")]
    [InlineData("kind: CredentialProviderConfig\napiVersion: kubelet.config.k8s.io/v1\nproviders: [{name: a/b, matchImages: [x], apiVersion: credentialprovider.kubelet.k8s.io/v1}]", "cannot contain path separators")]
    [InlineData("kind: CredentialProviderConfig\napiVersion: kubelet.config.k8s.io/v1\nproviders: [{name: a, apiVersion: credentialprovider.kubelet.k8s.io/v1}]", "matchImages is required")]
    [InlineData("kind: CredentialProviderConfig\napiVersion: kubelet.config.k8s.io/v1\nproviders: [{name: a, matchImages: [x], apiVersion: v7}]", "unsupported apiVersion \"v7\"")]
    public void Load_FileThatCannotBeUsed_SaysWhy(string text, string problem)
    {
        File.WriteAllText(_directory["config"], text);

        Assert.Contains(problem, Assert.Throws<ConfigurationException>(() => ProviderConfiguration.Load(_directory["config"])).Message);
    }

    [Fact]
    public void Load_Directory_ReadsItsFilesInOrder()
    {
        static string Text(string name) => $"kind: CredentialProviderConfig\napiVersion: kubelet.config.k8s.io/v1\nproviders: [{{name: {name}, matchImages: [x], apiVersion: credentialprovider.kubelet.k8s.io/v1}}]";
        Assert.Contains("no configuration files found", Assert.Throws<ConfigurationException>(() => ProviderConfiguration.Load(_directory.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(_directory["20.yaml"], Text("two"));
        File.WriteAllText(_directory["10.yml"], Text("one"));
        File.WriteAllText(_directory["notes.txt"], "none");
        Assert.Equal(["one", "two"], ProviderConfiguration.Load(_directory.Path).Select(p => p.Name));
        File.WriteAllText(_directory["30.json"], Text("one"));
        Assert.Contains("duplicate provider name \"one\"", Assert.Throws<ConfigurationException>(() => ProviderConfiguration.Load(_directory.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RealProgram_GetsItsInputAndIsHeard()
    {
        var commands = new HostCommands(TimeProvider.System);
        var limit = TimeSpan.FromMinutes(1);

        Assert.Equal("hello 1", await commands.RunAsync("/bin/sh", ["-c", "cat; printf ' %s' $A"], new Dictionary<string, string> { ["A"] = "1" }, "hello", limit, default));
        var failure = await Assert.ThrowsAsync<CommandFailure>(() => commands.RunAsync("/bin/sh", ["-c", "cat; echo oops >&2; exit 3"], new Dictionary<string, string>(), "", limit, default));
        Assert.Equal("/bin/sh ended with code 3: oops", failure.Message);
        await Assert.ThrowsAsync<CommandFailure>(() => commands.RunAsync("/nowhere/program", [], new Dictionary<string, string>(), "", limit, default));
    }

    public void Dispose() => _directory.Dispose();

    private void Account(string name, params (string Key, string Value)[] annotations) => _objects.ServiceAccounts[name] = new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = $"uid-{name}", Annotations = annotations.ToDictionary(a => a.Key, a => a.Value) },
    };

    private static Pod Pod(string name = "a", string account = "builder") => Node.Pod(name, pod => pod.Spec.ServiceAccountName = account);

    private CredentialProvider Provider(string more = "")
    {
        File.WriteAllText(_directory["config"], $$"""
            apiVersion: kubelet.config.k8s.io/v1
            kind: CredentialProviderConfig
            providers:
            - name: login
              matchImages: ["*.registry.test"]
              defaultCacheDuration: 1h
              apiVersion: credentialprovider.kubelet.k8s.io/v1
              args: [--fast]
              env: [{name: A, value: "1"}]
              {{more}}
            """);
        var configuration = Assert.Single(ProviderConfiguration.Load(_directory["config"]));
        return new CredentialProvider(configuration, "/bin/kubelet-plugins", _program, new ProviderMetrics(_metrics, _time), configuration.Token is null ? null : new AccountProofs(configuration.Token, _objects), _time, NullLogger.Instance);
    }

    private sealed class Program : ICommands
    {
        public List<string> Calls { get; } = [];

        public string? Failure { get; set; }

        public Task<string> RunAsync(
            string program, IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string input, TimeSpan limit, CancellationToken cancellationToken)
        {
            if (Failure is not null) throw new IOException(Failure);
            Calls.Add($"{program} {string.Join(' ', args)} {string.Join(' ', environment.Select(e => $"{e.Key}={e.Value}"))} {input}");
            return Task.FromResult("""{"kind":"CredentialProviderResponse","cacheKeyType":"Registry","cacheDuration":"5m0s","auth":{"eu.registry.test":{"username":"u","password":"p"},"us.registry.test":{"username":"x","password":"y"}}}""");
        }
    }
}
