using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>The published Python and JavaScript libraries; each script checks its steps itself and names those that were right.</summary>
public sealed class LibraryTests(ControlPlane plane) : ClientTest(plane)
{
    [Fact]
    public async Task Python_EveryStep_Works()
    {
        Assert.SkipWhen(await Libraries.PythonMissingAsync() is not null, await Libraries.PythonMissingAsync() ?? "");
        await Shell.RunAsync("/usr/bin/python3", [Libraries.Script("python/api.py"), Plane.Kubeconfig, Namespace]);
    }

    [Fact]
    public async Task JavaScript_EveryStep_Works()
    {
        Assert.SkipWhen(Libraries.JavaScriptMissing() is not null, Libraries.JavaScriptMissing() ?? "");
        await Shell.RunAsync("node", [Libraries.Script("node/api.js"), Plane.Kubeconfig, Namespace]);
    }
}
