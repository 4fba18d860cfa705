using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Events;

namespace Sampan.Client.Tests.Events;

public sealed class EventCorrelatorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly EventCorrelator _correlator;

    public EventCorrelatorTests() => _correlator = new EventCorrelator(_time);

    [Fact]
    public void Correlate_SameEventAgain_CountsUp()
    {
        var first = Send("pulling image");
        var second = Send("pulling image");
        Assert.False(first!.IsRepeat);
        Assert.True(second!.IsRepeat);
        Assert.Equal(2, second.Event.Count);
        Assert.Equal(first.Event.Metadata.Name, second.Event.Metadata.Name);
    }

    [Fact]
    public void Correlate_ManyAlike_AreCombined()
    {
        for (var i = 0; i < 9; i++) Assert.False(Send($"message {i}")!.IsRepeat);
        Assert.Equal("(combined from similar events): message 9", Send("message 9")!.Event.Message);
        Assert.True(Send("message 10")!.IsRepeat);
    }

    [Fact]
    public void Correlate_Storm_IsCutOffAndRecovers()
    {
        for (var i = 0; i < 25; i++) Assert.NotNull(Send("again"));
        Assert.Null(Send("again"));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.NotNull(Send("again"));
        Assert.Null(Send("again"));
    }

    private CorrelatedEvent? Send(string message)
    {
        var sent = _correlator.Correlate(new Event
        {
            Metadata = new ObjectMeta { Name = $"pod.{_time.GetUtcNow().Ticks:x}.{message.GetHashCode(StringComparison.Ordinal)}", Namespace = "default" },
            InvolvedObject = new ObjectReference { Kind = "Pod", Name = "pod", Namespace = "default" },
            Source = new EventSource { Component = "test" },
            Type = "Normal",
            Reason = "Pulling",
            Message = message,
            Count = 1,
        });
        if (sent is not null) _correlator.Stored(sent, sent.Event.DeepClone());
        return sent;
    }
}
