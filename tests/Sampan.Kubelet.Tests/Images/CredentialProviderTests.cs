using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Images.Providers;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Images;

public sealed class CredentialProviderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Program _program = new();

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

        var login = Assert.Single(await provider.FindAsync("eu.registry.test/app", default));
        await provider.FindAsync("eu.registry.test/other", default);

        Assert.Equal(("eu.registry.test", "u", "p"), (login.Server, login.User, login.Password));
        Assert.Equal("""/bin/kubelet-plugins/login --fast A=1 {"kind":"CredentialProviderRequest","apiVersion":"credentialprovider.kubelet.k8s.io/v1","image":"eu.registry.test/app"}""", Assert.Single(_program.Calls));
        _time.Advance(TimeSpan.FromMinutes(5));
        await provider.FindAsync("eu.registry.test/app", default);
        Assert.Equal(2, _program.Calls.Count);
    }

    [Fact]
    public async Task Find_ImageOfAnotherRegistry_DoesNotAsk()
    {
        Assert.Empty(await Provider().FindAsync("other.test/app", default));
        Assert.Empty(_program.Calls);
    }

    [Fact]
    public async Task Find_ProgramThatFails_GivesNothing()
    {
        _program.Failure = "ended with code 1";

        Assert.Empty(await Provider().FindAsync("eu.registry.test/app", default));
    }

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
    public async Task Run_RealProgram_GetsItsInputAndIsHeard()
    {
        var commands = new HostCommands(TimeProvider.System);
        var limit = TimeSpan.FromMinutes(1);

        Assert.Equal("hello 1", await commands.RunAsync("/bin/sh", ["-c", "cat; printf ' %s' $A"], new Dictionary<string, string> { ["A"] = "1" }, "hello", limit, default));
        var failure = await Assert.ThrowsAsync<IOException>(() => commands.RunAsync("/bin/sh", ["-c", "cat; echo oops >&2; exit 3"], new Dictionary<string, string>(), "", limit, default));
        Assert.Equal("/bin/sh ended with code 3: oops", failure.Message);
        await Assert.ThrowsAsync<IOException>(() => commands.RunAsync("/nowhere/program", [], new Dictionary<string, string>(), "", limit, default));
    }

    public void Dispose() => _directory.Dispose();

    private CredentialProvider Provider()
    {
        File.WriteAllText(_directory["config"], """
            apiVersion: kubelet.config.k8s.io/v1
            kind: CredentialProviderConfig
            providers:
            - name: login
              matchImages: ["*.registry.test"]
              defaultCacheDuration: 1h
              apiVersion: credentialprovider.kubelet.k8s.io/v1
              args: [--fast]
              env: [{name: A, value: "1"}]
            """);
        return new CredentialProvider(Assert.Single(ProviderConfiguration.Load(_directory["config"])), "/bin/kubelet-plugins", _program, _time, NullLogger.Instance);
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
