/* Linked with the rules of one room and base, and nothing else: that it links is the test. */
int main(void)
{
    return 0;
}
