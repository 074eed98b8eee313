namespace KubeNetSim.Simulation.Requests;

/// <summary>A set of small numbers, one bit each. Adding a number is cheap enough for every connection.</summary>
internal sealed class NumberSet
{
    private const int BitsEach = 64;

    private ulong[] _bits = [];

    /// <summary>Adds a number, 0 or more.</summary>
    public void Add(int number)
    {
        int place = number / BitsEach;
        if (place >= _bits.Length)
            Array.Resize(ref _bits, place + 1);
        _bits[place] |= 1UL << (number % BitsEach);
    }

    /// <summary>Whether a number was added.</summary>
    public bool Contains(int number) => number / BitsEach < _bits.Length && (_bits[number / BitsEach] & (1UL << (number % BitsEach))) != 0;
}
