namespace Sampan.ApiServer.Tests.Tracing;

/// <summary>What a span has at least. An attribute without a value has any but an empty one.</summary>
internal sealed record ExpectedSpan(string Name, (string Key, string? Value)[] Attributes, string[] Events)
{
    /// <summary>The name of the span above; null for one that the client's is above.</summary>
    public string? Parent { get; init; }

    public void Check(OtlpSpan span, IEnumerable<OtlpSpan> trace)
    {
        foreach (var (key, value) in Attributes)
        {
            var given = Assert.Contains(key, span.Attributes);
            Assert.True(value is null ? given.Length > 0 : given == value, $"{Name}: {key} is {given}");
        }
        Assert.Equal(Events, span.Events.Where(Events.Contains));
        Assert.Equal(Parent, trace.SingleOrDefault(above => above.Id == span.ParentId)?.Name);
    }
}
