using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Nodes;

public sealed class KernelDefaultsTests
{
    [Fact]
    public void Check_ParametersThatDiffer_AreNamed()
    {
        using var root = new TemporaryDirectory();
        foreach (var (name, value) in new[] { ("kernel/keys/root_maxbytes", "25000000"), ("kernel/keys/root_maxkeys", "1000000"), ("kernel/panic", "10"), ("kernel/panic_on_oops", "1"), ("vm/overcommit_memory", "0"), ("vm/panic_on_oom", "0") })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(root[name])!);
            File.WriteAllText(root[name], value + "\n");
        }

        KernelDefaults.Check(insists: false, root.Path);
        var failure = Assert.Throws<ConfigurationException>(() => KernelDefaults.Check(insists: true, root.Path));

        Assert.Equal("[invalid kernel flag: vm/overcommit_memory, expected value: 1, actual value: 0]", failure.Message);
    }
}
