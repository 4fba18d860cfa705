using System.Text;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Images;

namespace Sampan.Kubelet.Tests.Images;

public sealed class ImageNameTests
{
    [Theory]
    [InlineData("busybox", "busybox:latest")]
    [InlineData("busybox:1", "busybox:1")]
    [InlineData("localhost:5000/a/b", "localhost:5000/a/b:latest")]
    [InlineData("a@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("Invalid Name", null)]
    [InlineData("a//b", null)]
    [InlineData("", null)]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", null)]
    public void WithDefaultTag_Name_IsCompletedOrRefused(string name, string? expected) => Assert.Equal(expected, ImageName.WithDefaultTag(name));

    [Theory]
    [InlineData("http://url", "invalid reference format")]
    [InlineData("MyApp:1", "invalid reference format: repository name (library/MyApp) must be lowercase")]
    [InlineData("team/MyApp", "invalid reference format: repository name (team/MyApp) must be lowercase")]
    [InlineData("registry.test:5000/MyApp", "invalid reference format: repository name (MyApp) must be lowercase")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "invalid repository name (ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad), cannot specify 64-byte hexadecimal strings")]
    public void ProblemOf_Name_IsWhatUsersKnow(string name, string expected)
    {
        Assert.Null(ImageName.WithDefaultTag(name));
        Assert.Equal(expected, ImageName.ProblemOf(name));
    }

    [Theory]
    [InlineData("busybox", "Always")]
    [InlineData("busybox:latest", "Always")]
    [InlineData("busybox:1", "IfNotPresent")]
    public void DefaultPullPolicy_FollowsTheTag(string name, string expected) => Assert.Equal(expected, ImageName.DefaultPullPolicy(name));

    [Theory]
    [InlineData("busybox:1", "docker.io/library/busybox")]
    [InlineData("team/app", "docker.io/team/app")]
    [InlineData("index.docker.io/busybox", "docker.io/library/busybox")]
    [InlineData("docker.io/team/app@sha256:aa", "docker.io/team/app")]
    [InlineData("localhost/app:1", "localhost/app")]
    [InlineData("registry.test:5000/app", "registry.test:5000/app")]
    public void Repository_OfAnImage_IsItsFullName(string image, string expected) => Assert.Equal(expected, ImageName.Repository(image));

    /// <summary>Upstream: TestDockerKeyringForGlob and its fellows.</summary>
    [Theory]
    [InlineData("https://index.docker.io/v1/", "busybox", true)]
    [InlineData("index.docker.io", "docker.io/team/app", true)]
    [InlineData("https://index.docker.io/v1/", "registry.test/busybox", false)]
    [InlineData("docker.io", "busybox", true)]
    [InlineData("registry.test", "registry.test/a/b:1", true)]
    [InlineData("https://registry.test/v2/", "registry.test/a/b:1", true)]
    [InlineData("https://registry.test/v2/a", "registry.test/a/b:1", true)]
    [InlineData("registry.test/a", "registry.test/a/b:1", true)]
    [InlineData("registry.test/c", "registry.test/a/b:1", false)]
    [InlineData("*.test", "registry.test/a", true)]
    [InlineData("*.test", "eu.registry.test/a", false)]
    [InlineData("prefix*.registry.test/path", "prefix-1.registry.test/path/a", true)]
    [InlineData("*.registry.test:80", "eu.registry.test:80/a", true)]
    [InlineData("*.registry.test", "eu.registry.test:80/a", false)]
    [InlineData("other.test", "registry.test/a", false)]
    public void Credential_IsFor_ItsRegistryOnly(string server, string image, bool expected) =>
        Assert.Equal(expected, RegistryCredential.For(image, [new RegistryCredential(server, "u", "p", null)]).Count > 0);

    [Fact]
    public void Credentials_ForAnImage_AreThoseOfLongerNamesFirst()
    {
        var all = new[] { "https://index.docker.io/v1/", "docker.io", "registry.test", "registry.test/a" }.Select(server => new RegistryCredential(server, "u", "p", null)).ToList();
        Assert.Equal(["registry.test/a", "registry.test"], RegistryCredential.For("registry.test/a/b", all).Select(c => c.Server));
        Assert.Equal(["docker.io"], RegistryCredential.For("busybox", all).Select(c => c.Server));
    }

    /// <summary>Upstream: TestDecodeDockerConfigFieldAuth.</summary>
    [Theory]
    [InlineData("Zm9vOmJhcg==", "foo:bar")]
    [InlineData("Zm9vOmJhcg", "foo:bar")]
    [InlineData("Zm9vOmJhcjpiYXo=", "foo:bar:baz")]
    [InlineData("cGFudHM=", null)]
    [InlineData("pants", null)]
    public void From_SecretWithAuth_HasItsParts(string auth, string? expected)
    {
        var secret = new Secret { Metadata = new() { Name = "s", Namespace = "n" }, Data = new() { [".dockerconfigjson"] = Encoding.UTF8.GetBytes("{\"auths\":{\"registry.test\":{\"auth\":\"" + auth + "\"}}}") } };
        if (expected is null)
        {
            Assert.Throws<FormatException>(() => RegistryCredential.From(secret));
            return;
        }

        var login = Assert.Single(RegistryCredential.From(secret));
        Assert.Equal(expected, $"{login.User}:{login.Password}");
    }
}
