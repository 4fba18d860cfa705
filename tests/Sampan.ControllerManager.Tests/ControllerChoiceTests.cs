namespace Sampan.ControllerManager.Tests;

public sealed class ControllerChoiceTests
{
    private static readonly string[] Known = ["job-controller", "token-cleaner-controller", "pod-garbage-collector-controller"];
    private static readonly string[] Off = ["token-cleaner-controller"];

    [Theory]
    [InlineData("*", "job-controller pod-garbage-collector-controller")]
    [InlineData("* token-cleaner-controller", "job-controller token-cleaner-controller pod-garbage-collector-controller")]
    [InlineData("* -podgc", "job-controller")]
    [InlineData("job tokencleaner", "job-controller token-cleaner-controller")]
    [InlineData("", "")]
    public void IsOn_NamesOfTodayAndBefore_AreMeant(string chosen, string on)
    {
        var choice = new ControllerChoice(chosen.Split(' ', StringSplitOptions.RemoveEmptyEntries), Known, Off);
        Assert.Equal(on, string.Join(' ', Known.Where(choice.IsOn)));
    }

    [Fact]
    public void New_UnknownName_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ControllerChoice(["*", "-jobs"], Known, Off));
}
