using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Logs;

public sealed class LogLinksTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();
    private readonly LogLinks _links;

    public LogLinksTests() => _links = new LogLinks(LogLinks.DirectoryBeside(_root["pods"]), NullLogger.Instance);

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Add_RunningContainer_ReadsAsItsLog()
    {
        _links.Add(Node.Pod("a"), "web", "c1", Log("default_a_uid-a", "hello"));
        Assert.Equal("hello", File.ReadAllText(_root["containers/a_default_web-c1.log"]));
    }

    [Fact]
    public void Add_NoLogOrTwice_IsNoFailure()
    {
        _links.Add(Node.Pod("a"), "web", "c1", _root["pods/nothing/0.log"]);
        Assert.False(Directory.Exists(_root["containers"]));
        var log = Log("default_a_uid-a", "hello");
        _links.Add(Node.Pod("a"), "web", "c1", log);
        _links.Add(Node.Pod("a"), "web", "c1", log);
        Assert.Equal(["a_default_web-c1.log"], Links());
    }

    [Fact]
    public void Add_NameTooLongForAFile_IsCut()
    {
        _links.Add(Node.Pod(new string('p', 240)), "web", new string('c', 64), Log("default_a_uid-a", "hello"));
        var name = Assert.Single(Links());
        Assert.Equal((255, true), (name.Length, name.EndsWith(".log", StringComparison.Ordinal)));
    }

    [Fact]
    public void Remove_OneContainer_LeavesTheOthers()
    {
        var log = Log("default_a_uid-a", "hello");
        _links.Add(Node.Pod("a"), "web", "c1", log);
        _links.Add(Node.Pod("a"), "web", "c2", log);
        _links.Remove(new ContainerStatus { Id = "c1", Metadata = new() { Name = "web" }, Labels = { [RuntimeLabels.PodNamespace] = "default", [RuntimeLabels.PodName] = "a" } });
        Assert.Equal(["a_default_web-c2.log"], Links());
    }

    [Fact]
    public void Sweep_LogsOfOnePodAreGone_RemovesItsLinksAndNoOther()
    {
        _links.Add(Node.Pod("a"), "web", "c1", Log("default_a_uid-a", "hello"));
        var rotating = Log("default_b_uid-b", "hello");
        _links.Add(Node.Pod("b"), "web", "c2", rotating);
        Directory.Delete(_root["pods/default_a_uid-a"], recursive: true);
        File.Delete(rotating);
        _links.Sweep();
        Assert.Equal(["b_default_web-c2.log"], Links());
    }

    private string Log(string pod, string text)
    {
        var path = Path.Combine(Directory.CreateDirectory(_root[$"pods/{pod}/web"]).FullName, "0.log");
        File.WriteAllText(path, text);
        return path;
    }

    private IEnumerable<string> Links() => Directory.GetFiles(_root["containers"]).Select(path => Path.GetFileName(path));
}
