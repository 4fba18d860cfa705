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
    public void WithDefaultTag_Name_IsCompletedOrRefused(string name, string? expected) => Assert.Equal(expected, ImageName.WithDefaultTag(name));

    [Theory]
    [InlineData("busybox", "Always")]
    [InlineData("busybox:latest", "Always")]
    [InlineData("busybox:1", "IfNotPresent")]
    public void DefaultPullPolicy_FollowsTheTag(string name, string expected) => Assert.Equal(expected, ImageName.DefaultPullPolicy(name));

    [Theory]
    [InlineData("https://index.docker.io/v1/", "busybox", true)]
    [InlineData("registry.test", "registry.test/a/b:1", true)]
    [InlineData("registry.test/a", "registry.test/a/b:1", true)]
    [InlineData("registry.test/c", "registry.test/a/b:1", false)]
    [InlineData("*.test", "registry.test/a", true)]
    [InlineData("other.test", "registry.test/a", false)]
    public void Credential_Fits_ItsRegistryOnly(string server, string image, bool expected) =>
        Assert.Equal(expected, new RegistryCredential(server, "u", "p", null).Fits(image));
}
