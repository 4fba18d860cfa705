using Sampan.ControllerManager.MetricsServer;

namespace Sampan.ControllerManager.Tests.MetricsServer;

public sealed class MetricsTextTests
{
    [Fact]
    public void Parse_KubeletsAnswer_GivesItsSamples()
    {
        const string text = """
            # HELP container_cpu_usage_seconds_total [STABLE] Cumulative cpu time
            # TYPE container_cpu_usage_seconds_total counter
            container_cpu_usage_seconds_total{container="a",namespace="default",pod="p\"\\"} 1.25e+01 1767225600500

            scrape_error 0
            """;
        var samples = MetricsText.Parse(text).ToList();
        Assert.Equal(["container_cpu_usage_seconds_total", "scrape_error"], samples.Select(s => s.Name));
        Assert.Equal(12.5, samples[0].Value);
        Assert.Equal("p\"\\", samples[0].Labels["pod"]);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 500, TimeSpan.Zero), samples[0].Time);
        Assert.Null(samples[1].Time);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("name{a=\"b\" 1")]
    [InlineData("name{a=\"b} 1")]
    [InlineData("name one")]
    [InlineData("name 1 soon")]
    [InlineData("name 1 2 3")]
    [InlineData("<html>")]
    public void Parse_NoSample_SaysSo(string line) => Assert.Throws<FormatException>(() => MetricsText.Parse(line).ToList());
}
