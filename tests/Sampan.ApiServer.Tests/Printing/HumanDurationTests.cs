using Sampan.ApiServer.Printing;

namespace Sampan.ApiServer.Tests.Printing;

public class HumanDurationTests
{
    private const long Minute = 60;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const long Year = 365 * Day;

    [Theory]
    [InlineData(-2, "<invalid>")]
    [InlineData(-1, "0s")]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(2 * Minute, "2m")]
    [InlineData((2 * Minute) + 5, "2m5s")]
    [InlineData((10 * Minute) - 1, "9m59s")]
    [InlineData(10 * Minute, "10m")]
    [InlineData((3 * Hour) - 1, "179m")]
    [InlineData(3 * Hour, "3h")]
    [InlineData((7 * Hour) + (5 * Minute), "7h5m")]
    [InlineData(8 * Hour, "8h")]
    [InlineData((48 * Hour) - 1, "47h")]
    [InlineData(2 * Day, "2d")]
    [InlineData((7 * Day) + (3 * Hour), "7d3h")]
    [InlineData(8 * Day, "8d")]
    [InlineData((2 * Year) - 1, "729d")]
    [InlineData(2 * Year, "2y")]
    [InlineData((2 * Year) + Day, "2y1d")]
    [InlineData(8 * Year, "8y")]
    [InlineData((8 * Year) + (300 * Day), "8y")]
    public void Format_Seconds_GetsCoarser(long seconds, string text) => Assert.Equal(text, HumanDuration.Format(TimeSpan.FromSeconds(seconds)));
}
